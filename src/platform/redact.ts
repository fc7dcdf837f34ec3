const personal = [
  'password',
  'secret',
  'totp',
  'code',
  'token',
  'idNumber',
  'phone',
  'contact',
  'address',
  'bankAccount',
  'fullName',
  'body',
]

/** Log fields that are masked whatever they hold, two levels deep: credentials, and what tells who a person is or what they wrote. */
export const redactions: readonly string[] = [
  ...personal.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  ...['req', 'request'].flatMap((request) => [`${request}.headers.authorization`, `${request}.headers.cookie`]),
  ...['res', 'response', 'reply'].map((response) => `${response}.headers["set-cookie"]`),
]
