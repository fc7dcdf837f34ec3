/** Statutes and rules this code relies on. `docs/sources.md` says what was read of each, and a test checks that every cited article is listed there. */
export const statutes = {
  法律援助法: { adopted: '2021-08-20', inForce: '2022-01-01', short: 'Legal Aid Law' },
  法律援助条例: { adopted: '2003-07-16', inForce: '2003-09-01', short: 'Legal Aid Regulations' },
  办理法律援助案件程序规定: { adopted: '2023-07-11', inForce: '2023-09-01', short: 'Legal Aid Case Procedure (MOJ Order 148)' },
  民法典: { adopted: '2020-05-28', inForce: '2021-01-01', short: 'Civil Code' },
  民事诉讼法: { adopted: '2023-09-01', inForce: '2024-01-01', short: 'Civil Procedure Law' },
  刑事诉讼法: { adopted: '2018-10-26', inForce: '2018-10-26', short: 'Criminal Procedure Law' },
  最高人民法院关于适用刑事诉讼法的解释: { adopted: '2021-01-26', inForce: '2021-03-01', short: 'SPC Interpretation on Criminal Procedure' },
  行政复议法: { adopted: '2023-09-01', inForce: '2024-01-01', short: 'Administrative Reconsideration Law' },
  行政诉讼法: { adopted: '2017-06-27', inForce: '2017-07-01', short: 'Administrative Litigation Law' },
  个人信息保护法: { adopted: '2021-08-20', inForce: '2021-11-01', short: 'Personal Information Protection Law' },
  未成年人保护法: { adopted: '2024-04-26', inForce: '2024-04-26', short: 'Minors Protection Law' },
  未成年人网络保护条例: { adopted: '2023-10-16', inForce: '2024-01-01', short: 'Minors Network Protection Regulations' },
  反家庭暴力法: { adopted: '2015-12-27', inForce: '2016-03-01', short: 'Anti-Domestic Violence Law' },
  律师法: { adopted: '2017-09-01', inForce: '2018-01-01', short: 'Lawyers Law' },
  保障农民工工资支付条例: { adopted: '2019-12-30', inForce: '2020-05-01', short: 'Migrant Workers Wage Regulations' },
  劳动争议调解仲裁法: { adopted: '2007-12-29', inForce: '2008-05-01', short: 'Labour Dispute Mediation and Arbitration Law' },
  档案法: { adopted: '2020-06-20', inForce: '2021-01-01', short: 'Archives Law' },
} as const

export type Cite = { law: keyof typeof statutes; article: number; paragraph?: number; item?: number }

/** One article of a statute, with paragraph (款) and item (项) where the rule stands in one. */
export const cite = (law: Cite['law'], article: number, paragraph?: number, item?: number): Cite => ({
  law,
  article,
  ...(paragraph && { paragraph }),
  ...(item && { item }),
})

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** A number below 1,000 in Chinese, as statutes count their articles: 110 → 一百一十. */
export function chineseNumber(n: number): string {
  const [hundreds, rest] = [Math.floor(n / 100), n % 100]
  const [tens, ones] = [Math.floor(rest / 10), rest % 10]
  const head = hundreds ? `${digits[hundreds]}百` : ''
  if (!tens) return head + (head && ones ? '零' : '') + digits[ones]
  return head + (tens === 1 && !head ? '十' : `${digits[tens]}十`) + digits[ones]
}

/** The citation as a Chinese reader writes it: 《法律援助法》第四十二条第三项. */
export function citeText({ law, article, paragraph, item }: Cite): string {
  const part = (n: number | undefined, unit: string) => (n ? `第${chineseNumber(n)}${unit}` : '')
  return `《${law}》${part(article, '条')}${part(paragraph, '款')}${part(item, '项')}`
}

/** The citation in English: Legal Aid Law, art. 43(1). */
export function citeTextEn({ law, article, paragraph, item }: Cite): string {
  return `${statutes[law].short}, art. ${article}${paragraph ? `(${paragraph})` : ''}${item ? ` item ${item}` : ''}`
}
