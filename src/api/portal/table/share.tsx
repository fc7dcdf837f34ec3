import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Line, Text } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { Refusal, no, refuse } from '#kernel/refusal.ts'
import { ownerIn } from '#engine/standing.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { renderPage } from '#portal/frame/render.ts'
import { SharePage } from '#portal/share.tsx'
import { answersOf } from '#records/people/answers.ts'
import { questionsOf } from '#records/people/questions.ts'
import { isShareable, mayShare, otherSeats, share, unshare, type Shareable } from '#records/privacy/sharing.ts'
import { keyed, matterByCode, pageOf, text } from '../visiting.ts'

/** Showing the other side something of one's own, or no longer: a page that says what it means, and one press. */
export const sharePages: readonly Page[] = [
  { method: 'GET', path: '/m/:code/share/:what/:which', id: 'portal.share', handler: showShare },
  { method: 'POST', path: '/m/:code/share/:what/:which', id: 'portal.doShare', handler: doShare },
]

/** The address where one thing is shown or taken back. */
export const sharePath = (code: string, what: 'paper' | 'answer', which: string): string =>
  `/m/${code}/share/${what}/${encodeURIComponent(which)}`

type Its = { title: Text; holder: string; isShared: boolean; asked: Shareable }

async function showShare(tx: Tx, visit: Visit): Promise<PageReply> {
  const matter = await matterByCode(tx, visit.params['code'] ?? '')
  const line = lineOf(tx.on, matter.line, matter.edition)
  const { title, holder, isShared } = await itsIn(tx, line, matter, visit)
  return {
    html: renderPage(
      <SharePage
        page={pageOf(visit, isPrivate(tx.on, matter))}
        title={title}
        isShared={isShared}
        others={otherSeats(line, matter, holder)}
        action={visit.path}
        hidden={keyed({ act: isShared ? 'unshare' : 'share' })}
        backHref={`/m/${matter.code}`}
      />,
    ),
  }
}

async function doShare(tx: Tx, visit: Visit): Promise<PageReply> {
  const matter = await matterByCode(tx, visit.params['code'] ?? '')
  const { asked } = await itsIn(tx, lineOf(tx.on, matter.line, matter.edition), matter, visit)
  await (text(visit.form['act']) === 'unshare' ? unshare : share)(tx, matter, asked)
  return { redirect: `/m/${matter.code}` }
}

/** What the address names, where it is the reader's to show. */
async function itsIn(tx: Tx, line: Line, matter: Matter, { params: { what, which = '' } }: Visit): Promise<Its> {
  const its = await (what === 'paper' ? paperIn : what === 'answer' ? answerIn : refuse('not_found'))(tx, line, matter, which)
  if (!mayShare(tx, matter, its.holder)) throw new Refusal(no('not_permitted', { action: 'share' }))
  return its
}

async function paperIn(tx: Tx, line: Line, { region, id }: Matter, paper: string): Promise<Its> {
  const rows = await tx.db
    .selectFrom('document')
    .select(['id', 'kind', 'holder', 'is_shared'])
    .where('region', '=', region)
    .where('matter', '=', id)
    .where('erased_at', 'is', null)
    .execute()
  const row = rows.find((one) => one.id === paper) ?? refuse('not_found')
  const title = line.documents[row.kind]?.title ?? { zh: row.kind, en: row.kind }
  return { title, holder: row.holder, isShared: row.is_shared, asked: { paper } }
}

async function answerIn(tx: Tx, _: Line, matter: Matter, key: string): Promise<Its> {
  const question = (await questionsOf(tx, matter, dayOf(tx.now))).find((one) => one.key === key) ?? refuse('not_found')
  if (!isShareable(question)) refuse('never_shared', { question: key })
  const holder = ownerIn(tx, matter, tx.actor.id)
  const answer = (await answersOf(tx, matter)).get(key)
  if (answer?.holder !== holder) refuse('not_found')
  return { title: question.title, holder, isShared: answer.sharedSeq === answer.seq, asked: { question: key } }
}
