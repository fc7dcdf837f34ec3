import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { cite } from './statutes.ts'

/** That there is a right to legal aid, under which conditions, and how to use it: said with every answer to a citizen, and written by nobody who answers (法律援助法 art. 23). */
const right: Text = {
  zh: '您有权依法申请法律援助，律师不收钱。条件：经济困难，为的是工资、工伤、社保、赡养费、抚养费、受伤赔偿、国家赔偿这些事；遭受家庭暴力、虐待、遗弃，或者见义勇为的，不看收入。办法：在本网站点“申请法律援助”，或者到法律援助机构、拨打 12348；收到以后七天内给您决定。',
  en: 'You have the right to apply for legal aid; the lawyer is free. Conditions: hardship, in matters of wages, injury at work, social insurance, support, injury or state compensation; income does not matter after violence at home, abuse or desertion, or for standing up for others. How: “Apply for legal aid” on this site, a legal aid agency, or 12348; the decision comes within seven days of receipt.',
}

const likely: Text = {
  zh: '照您说的情况，您看来符合法律援助的条件，建议现在就申请。',
  en: 'From what you told us you seem to qualify for legal aid: please apply now.',
}

/** What an answer points out: to a citizen always, and first to whoever seems to qualify that they do. */
export function pointingOut({ pointedOutAid, mayQualify }: Record<string, unknown>): { words: Text; cite: Cite } | undefined {
  if (pointedOutAid !== true) return undefined
  const words = mayQualify === true ? { zh: likely.zh + right.zh, en: `${likely.en} ${right.en}` } : right
  return { words, cite: cite('法律援助法', 23) }
}

/** The same for an officer to read out to somebody on the telephone or at the counter. */
export const toSay: Text = {
  zh: `答复时要一并告诉对方（在网页上系统会自动写上）：${right.zh}`,
  en: `Say this with the answer (on the page it is added by itself): ${right.en}`,
}
