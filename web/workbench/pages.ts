import type { Me } from './contract.ts'
import { paths, purposes, queueText } from './paths.ts'

/** A page of the workbench, by the words people look for it with. */
export type DeskPage = { title: string; words: string; to: string; isFor?(me: Me): boolean }

/** Every page that search can find; a new page adds its line. */
export const deskPages: readonly DeskPage[] = [
  ...(Object.keys(purposes) as (keyof typeof purposes)[]).map((purpose) => ({
    title: purposes[purpose],
    words: `事项 待办 列表 ${purpose}`,
    to: `${paths.queue}?${queueText({ purpose })}`,
  })), // the table's keys are the union
  { title: '通知', words: '消息 提醒 超期', to: paths.notices },
  { title: '指标', words: '统计 审查率 指派率 金额', to: paths.measures, isFor: ({ kind }) => kind === 'staff' },
]

/** The pages somebody may mean by a word. */
export const pagesFor = (term: string, me: Me | undefined): DeskPage[] =>
  deskPages.filter(({ title, words, isFor }) => `${title} ${words}`.includes(term) && (!isFor || (me && isFor(me))))
