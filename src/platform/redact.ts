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

const digit = String.raw`[\p{Nd}零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]`
const gap = String.raw`[\s\p{Cf}\p{Pd}_·.．()（）]{0,2}`

/** Ids and hashes, which a log is read by: left as they are. */
const machineMade = String.raw`(?<![\w-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})(?![\w-])`

/** Eleven digits or more, however they are spaced: the shortest is a mobile number, then come old and new ID numbers and bank cards. */
const longNumber = String.raw`${digit}(?:${gap}${digit}){10,}(?:${gap}[XxＸｘ])?`

const pattern = new RegExp(`(${machineMade})|${longNumber}`, 'gu')

/** Free text with resident ID numbers, mobile numbers and bank cards masked, also in full-width or Chinese digits and with blanks or dashes between. */
export const censor = (text: string): string => text.replace(pattern, (_, id: string | undefined) => id ?? '[number]')

/** An error for the log: where it was thrown, and its message without what it quotes, which may be what a person said. */
export function plainError(error: unknown): { name: string; message: string; frames: string[] } {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(typeof error)
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return { name, message: censor(message.replaceAll(quoted, '…')), frames: frames.slice(0, 6).map((frame) => frame.trim()) }
}

const quoted = /"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g
