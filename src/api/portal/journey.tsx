import { dayOf } from '#kernel/calendar/calendar.ts'
import { waysOf } from '#kernel/journey/entrance.ts'
import type { Config } from '#platform/config.ts'
import { pick } from '#platform/messages/messages.ts'
import { stateNext } from '#kernel/face.ts'
import { isHinge, nextUnanswered, pathOf } from '#kernel/journey/journey.ts'
import { clocksOf } from '#engine/matter-rows.ts'
import { wantsTexts } from '#records/letters/safe-contact.ts'
import { lineOf } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { CheckAnswersPage } from '#portal/check-answers.tsx'
import { ReceiptPage } from '#portal/receipt.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { rowsOf } from '#portal/shown.ts'
import type { Answered } from '#records/people/answers.ts'
import { takeAction } from '#api/matter/matters.ts'
import { titleOf } from '#api/titles.ts'
import { consequencesOf } from './consequences.ts'
import { draftOf, isDraft, receivedAt } from './drafts.ts'
import { keyed, keyOf, matterByCode, pageOf, text, wayBack } from './visiting.ts'
import { officeAt } from '#records/register/offices.ts'
import { isOwn } from '#engine/standing.ts'

/** The pages of a draft around its questions: on to the next, read back, sent off, received. Whatever the line. */
export const journeyPages = ({ origin }: Pick<Config, 'origin'>): readonly Page[] => [
  {
    method: 'GET',
    path: '/m/:code/next',
    id: 'portal.next',
    async handler(tx, { params }) {
      const { matter, draft } = await draftOf(tx, params['code'])
      const next = draft && nextUnanswered(draft.questions, draft.answers)
      return { redirect: !draft ? `/m/${matter.code}` : next ? `/m/${matter.code}/q/${next.key}` : `/m/${matter.code}/check` }
    },
  },
  { method: 'GET', path: '/m/:code/check', id: 'portal.check', handler: showCheck },
  { method: 'POST', path: '/m/:code/check', id: 'portal.submit', counts: 'floods.filings', handler: submit },
  { method: 'GET', path: '/m/:code/receipt', id: 'portal.receipt', handler: (tx, visit) => showReceipt(tx, visit, origin ?? visit.origin) },
]

async function showCheck(tx: Tx, visit: Visit): Promise<PageReply> {
  const code = visit.params['code'] ?? ''
  const { matter, draft } = await draftOf(tx, code)
  if (!draft) return { redirect: `/m/${code}` }
  const { entrance, questions, answers, known, isPrivate } = draft
  const changes = await consequencesOf(tx, matter, draft, visit.query['changed'] ?? '', visit.language)
  const open = nextUnanswered(questions, answers)
  if (open && !changes.length) return { redirect: `/m/${code}/q/${open.key}` }
  const path = pathOf(questions, answers)
  const rows = rowsOf(questions, answers, visit.language)
    .filter(({ key }) => key !== 'notice')
    .map((row) => ({
      ...row,
      changeHref: `/m/${code}/q/${row.key}?from=check`,
      ...(isHinge(questions, answers, row.key) && { consequence: hinge }),
      ...sourceOf(known.get(row.key)),
    }))
  const title = { zh: '您写的', en: 'What you told us' }
  return {
    html: renderPage(
      <CheckAnswersPage
        page={pageOf(visit, isPrivate)}
        groups={[{ title, rows }]}
        action={`/m/${code}/check`}
        hidden={keyed()}
        ways={waysOf(entrance, answers)}
        {...(entrance.honesty && { honesty: entrance.honesty })}
        changes={changes}
        {...(open && { nextHref: `/m/${code}/next` })}
        backHref={`/m/${code}/q/${path.at(-1)?.key ?? ''}`}
      />,
    ),
  }
}

const hinge = { zh: '改这一项，后面要问的可能会变。', en: 'Changing this may change what is asked next.' }

/** An answer said again names when; one typed here needs no source. */
const sourceOf = (answer: Answered | undefined) =>
  answer?.source.carriedFrom
    ? { source: { who: { zh: '您在另一件事里说过，这次确认了', en: 'Told in another matter and confirmed here' }, at: answer.source.at } }
    : {}

async function submit(tx: Tx, visit: Visit): Promise<PageReply> {
  const code = visit.params['code'] ?? ''
  const { matter, draft } = await draftOf(tx, code)
  if (!draft) return { redirect: `/m/${code}/receipt` }
  const ways = waysOf(draft.entrance, draft.answers).map(({ action }) => action)
  const way = ways.find((action) => action === text(visit.form['way'])) ?? ways[0] ?? 'submit'
  await takeAction(tx, matter, way, { key: keyOf(visit), input: {} }, visit.session?.channel)
  return { redirect: `/m/${code}/receipt` }
}

async function showReceipt(tx: Tx, visit: Visit, origin: string): Promise<PageReply> {
  const code = visit.params['code'] ?? ''
  const matter = await matterByCode(tx, code)
  if (isDraft(tx, matter)) return { redirect: `/m/${code}/next` }
  const line = lineOf(tx.on, matter.line, matter.edition)
  const office = await officeAt(tx, matter.region, line.desk)
  const steps = (await clocksOf(tx, matter))
    .filter((clock) => !clock.stoppedAt && clock.dueAt)
    .map((clock) => {
      const limit = line.limits[clock.limit]! // clocks are made from the line's limits
      return { text: limit.title, by: dayOf(new Date(clock.dueAt!.getTime() - 1)), cite: limit.cite } // filtered above
    })
  const isHidden = isPrivate(tx.on, matter)
  // Where no day is set yet it says what comes next; not on a sheet that says nothing of what it is about.
  const next = steps.length || isHidden ? undefined : stateNext(line, matter, 'person')
  const title = isHidden ? pick(line.title, visit.language) : titleOf(matter, line, visit.language)
  return {
    html: renderPage(
      <ReceiptPage
        page={pageOf(visit, isHidden)}
        title={title}
        isPrivate={isHidden}
        code={code}
        {...wayBack(visit, code)}
        wantsTexts={!visit.session?.isKnown && isOwn(tx, matter) && (await wantsTexts(tx, matter))}
        receivedAt={await receivedAt(tx, matter)}
        office={{ name: office?.name ?? '12348', phone: office?.phone ?? '12348' }}
        steps={next ? [{ text: next }] : steps}
        trackHref={`/m/${code}`}
        returnUrl={new URL(`/return?code=${code}`, origin).href}
      />,
    ),
  }
}
