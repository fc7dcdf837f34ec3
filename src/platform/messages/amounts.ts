import { keysIn } from '#kernel/keyed.ts'

/** Other ways of writing the same: those of banks, of the market and of keyboards. */
const alike: Readonly<Record<string, string>> = {
  〇: '零',
  两: '二',
  俩: '二',
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
  萬: '万',
  億: '亿',
  W: '万',
  K: '千',
  圆: '元',
  块: '元',
  塊: '元',
  毛: '角',
  整: '',
}
const digits = '零一二三四五六七八九'
const units = { 亿: 100_000_000n, 万: 10_000n, 千: 1000n, 百: 100n, 十: 10n } as const
type Unit = keyof typeof units
/** In the order in which they are said. */
const order = keysIn(units)

/** Amounts are counted in hundred-millionths of a yuan until they are whole: 0.00000001亿 is a yuan. */
const yuan = 100_000_000n
const fen = yuan / 100n

/** A digit, with what may stand behind the yuan: 八块五, 8元5角, 三毛, 两块零五分. */
const coin = '[\\d一二三四五六七八九]'
const coins = new RegExp(
  `^(?:(?<jiao>${coin})角(?:(?<and>${coin})分)?|(?<amount>.+?)(?:元(?:(?<tail>${coin})(?:角(?:(?<odd>${coin})分)?)?|零?(?<fen>${coin})分)?)?)$`,
)

/** Characters of the longest amount anybody writes out, to the fen, with signs of the bank. Reading takes time and stack with the square of the length. */
const longestAmount = 40

/**
 * Integer fen from what people write: 1.2万, 3,000元, １２０００, ¥8 500.50, 三千五百, 一万零八十, and as they say it: 一万八 (18,000), 三千五, 1万8, 八块五.
 * Null when it is no amount, is longer than one may be, is finer than a fen, or may be heard in two ways: 两三千, 1万80, 百八.
 */
export function parseYuan(text: string): number | null {
  if (text.length > longestAmount) return null
  const written = text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replaceAll(/[\s,，、]|^¥|(?<=[元块角分毛])钱$/g, '')
  const plain = [...written].map((sign) => alike[sign] ?? sign).join('')
  const its = coins.exec(plain)?.groups
  if (!its) return null
  const whole = its['amount'] === undefined ? 0n : read(its['amount'])
  if (whole === null) return null
  const sum = whole + digitOf(its['jiao'] ?? its['tail']) * 10n * fen + digitOf(its['and'] ?? its['odd'] ?? its['fen']) * fen
  return sum % fen === 0n && sum / fen <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum / fen) : null
}

/** A number at its largest unit: what stands before it, and the rest. */
function read(text: string): bigint | null {
  const unit = order.find((one) => text.includes(one))
  if (!unit) return bare(text)
  const [head = '', tail = ''] = [text.slice(0, text.indexOf(unit)), text.slice(text.indexOf(unit) + 1)]
  const count = countOf(head, unit)
  const rest = restOf(tail, unit)
  if (count === null || rest === null || (tail !== '' && head.includes('.'))) return null
  return count * units[unit] + rest
}

/** How many of a unit: 十 alone is one; before 万 and 亿 a number of its own may stand, said in full. */
function countOf(head: string, unit: Unit): bigint | null {
  if (head === '') return unit === '十' ? yuan : null
  if (unit !== '万' && unit !== '亿') return bare(head)
  return /[万亿]/.test(head) || /[百千][\d一二三四五六七八九]$/.test(head) ? null : read(head)
}

/** What follows a unit. One digit alone is said for the next unit down: 一万八. Longer, without a unit of their own, figures must fill all its places. */
function restOf(tail: string, unit: Unit): bigint | null {
  const size = units[unit]
  if (tail === '') return 0n
  if (/^[1-9一二三四五六七八九]$/.test(tail)) return (digitOf(tail) * yuan * size) / 10n
  const isFull = tail.split('.')[0]?.length === String(size).length - 1
  const said = tail.startsWith('零') ? read(tail.slice(1)) : /[十百千万]/.test(tail) || isFull ? read(tail) : null
  return said !== null && said < size * yuan ? said : null
}

/** Figures, or one Chinese digit; with 点, a fraction. */
function bare(text: string): bigint | null {
  const figures = /^[零一二三四五六七八九](?:点[零一二三四五六七八九]{1,8})?$/.test(text) ? inFigures(text) : text
  const [, whole, rest = ''] = /^(\d{1,13})(?:\.(\d{1,8}))?$/.exec(figures) ?? []
  return whole === undefined ? null : BigInt(whole + rest.padEnd(8, '0'))
}

const inFigures = (text: string): string => [...text].map((sign) => (sign === '点' ? '.' : String(digits.indexOf(sign)))).join('')
const digitOf = (sign = '0'): bigint => BigInt(digits.includes(sign) ? digits.indexOf(sign) : sign)
