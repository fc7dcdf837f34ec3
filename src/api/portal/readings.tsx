import { sql } from 'kysely'
import type { Matter } from '#kernel/matter.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { ReadingsPage } from '#portal/readings.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { erased, readingsOfMine, toldBefore, type Reading } from '#records/privacy/readings.ts'
import { titleOf } from '#api/titles.ts'
import { askAbout } from './rights.ts'
import { pageOf } from './visiting.ts'
import { isFor } from '#engine/standing.ts'
import { relationTitle } from '../matter/relation-title.ts'
import type { Line, Text } from '#kernel/line.ts'
import { urgencies } from '#records/privacy/urgent-access.ts'

/** Who looked at what is held of the reader, over all their matters. */
export const readingPages: readonly Page[] = [{ method: 'GET', path: '/readings', id: 'portal.readings', handler: showReadings }]

async function showReadings(tx: Tx, visit: Visit): Promise<PageReply> {
  const { rows } = await sql<Matter>`select ${matterColumns} from matter m where ${isFor(tx.actor.id)}`.execute(tx.db)
  const mine = new Map(rows.map((row) => [row.id, row]))
  const readings = (await readingsOfMine(tx)).flatMap((reading) => {
    const matter = mine.get(reading.matter)
    return matter ? [readingView(tx, matter, reading, visit.language)] : []
  })
  const isHidden = rows.some((row) => isPrivate(tx.on, row))
  return {
    html: renderPage(<ReadingsPage page={pageOf(visit, isHidden)} readings={readings} until={toldBefore(tx, rows[0]?.region ?? '')} />),
  }
}

const readingView = (tx: Tx, matter: Matter, reading: Reading, language: Language) => ({
  at: reading.at,
  who: readerIn(lineOf(tx.on, matter.line, matter.edition), reading, language),
  matter: titleOf(matter, lineOf(tx.on, matter.line, matter.edition), language),
  href: `/m/${matter.code}`,
  why: pick(whyIn(reading), language),
  askHref: askAbout(matter.code, { wants: 'explain', seenOn: reading.day }),
})

/** The role somebody looked in. */
export const readerIn = (line: Line, { relation }: Reading, language: Language): string =>
  relation ? relationTitle(line, relation, language) : pick(line.desk.title, language)

/** What somebody looked for, as they said; opening a matter to work on it asks for no words. */
export function whyIn({ kind, purpose }: Pick<Reading, 'kind' | 'purpose'>): Text {
  if (kind === 'urgentAccess') return whyUrgent(purpose)
  if (kind === 'oneTimeLink') return { zh: '用寄给您的链接打开', en: 'Opened by the link sent to you' }
  if (purpose === erased) return { zh: say('zh', 'said.erased'), en: say('en', 'said.erased') }
  return purpose ? { zh: purpose, en: purpose } : { zh: '办理这件事', en: 'Working on this matter' }
}

function whyUrgent(because: string | null): Text {
  const why = Object.entries(urgencies).find(([key]) => key === because)?.[1]
  return {
    zh: ['经另一位负责人批准的紧急查阅', why?.zh].filter(Boolean).join('：'),
    en: ['Urgent access that a second officer approved', why?.en].filter(Boolean).join(': '),
  }
}
