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

/** An error for the log. `kind` is what a database or a system call names it by, under a name of its own: `code` is what people are sent, and masked. */
export type PlainError = { name: string; kind?: string; message: string; frames: string[] }

/** An error for the log: what kind it is, where it was thrown, and its message without what it quotes, which may be what a person said. */
export function plainError(error: unknown): PlainError {
  const known = error instanceof Error ? error : new Error(typeof error)
  const { name, message, stack = '' } = known
  const kind = 'code' in known && /^[0-9A-Z_]{3,40}$/.test(String(known.code)) ? String(known.code) : undefined
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const plain = { name, message: censor(message.replaceAll(quoted, '…')), frames: frames.slice(0, 6).map((frame) => frame.trim()) }
  return kind ? { ...plain, kind } : plain
}

const quoted = /"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g
