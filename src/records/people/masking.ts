/** How a person is written in lists (RULEBOOK §4.3): enough to tell two apart, too little to know them by. Full values are revealed one at a time, with a reason. */

/** Surnames of two characters, as far as the ministry's lists of common names have them. With only one character after it, 欧阳 is a surname and a name. */
const compoundSurnames: ReadonlySet<string> = new Set(
  '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木 南宫 独孤 呼延 轩辕 百里 东郭 西门 澹台 公冶 申屠 太史 钟离 完颜 赫连 拓跋 纳兰 叶赫 闻人 濮阳 淳于 单于 万俟'.split(
    ' ',
  ),
)

/** What people write when they do not know a name; it tells nothing of anyone. */
const unknownNames: ReadonlySet<string> = new Set(['不知道', '不清楚', '不详'])

/** 马海梅 → 马×, 欧阳娜 → 欧阳×, 买买提·艾力 → 买×. A name of one character, which many Tibetans and Uygurs bear, is hidden whole. */
export function maskName(name: string): string {
  const characters = Array.from(name.normalize('NFKC').trim())
  if (unknownNames.has(characters.join(''))) return characters.join('')
  if (characters.length < 2) return '×'
  const two = characters.slice(0, 2).join('')
  return `${characters.length > 2 && compoundSurnames.has(two) ? two : characters[0]}×`
}

/** First and last two characters: the middle of an identity number is the birth date. */
export const maskIdNumber = (id: string): string =>
  id.length < 8 ? '*'.repeat(id.length) : `${id.slice(0, 2)}${'*'.repeat(id.length - 4)}${id.slice(-2)}`

/** 139****0012; a landline likewise, and a number too short for that not at all. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  return digits.length < 10 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`
}

// Street, road, village and number never stand inside the name of a county that is matched: better a word too few than one too many.
const province = '(?:[^省市县区旗]{2,7}(?:省|自治区|特别行政区))?'
const prefecture = '(?:[^省市盟县区旗路街巷村号镇乡]{1,12}(?:市|自治州|州|地区|盟))?'
const county = '(?:[^省市盟县区旗路街巷村号镇乡]{1,15}(?:县|区|旗|市))?'
const toCounty = new RegExp(`^${province}${prefecture}${county}`)

/** 青海省西宁市城东区共和路 1 号 → 青海省西宁市城东区***; what cannot be told from a street is hidden whole. */
export const maskAddress = (address: string): string => `${toCounty.exec(address.normalize('NFKC').trim())?.[0] ?? ''}***`

export type Masked = { name: string | null; idNumber: string | null; phone: string | null; address: string | null }

/** The four values of a person as lists show them; an organisation's name is public and stays whole. */
export const masked = (kind: string, its: Masked): Masked => ({
  name: its.name === null ? null : kind === 'organisation' ? its.name : maskName(its.name),
  idNumber: its.idNumber === null ? null : maskIdNumber(its.idNumber),
  phone: its.phone === null ? null : maskPhone(its.phone),
  address: its.address === null ? null : maskAddress(its.address),
})
