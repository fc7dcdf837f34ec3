import { refuse } from '#kernel/refusal.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { renderPage } from '#portal/frame/render.ts'
import { SharePage } from '#portal/share.tsx'
import { findShareable, otherSeats, share, unshare, type Shareable } from '#records/privacy/sharing.ts'
import { keyed, matterByCode, pageOf, text } from '../visiting.ts'

/** Showing the other side something of one's own, or no longer: a page that says what it means, and one press. */
export const sharePages: readonly Page[] = [
  { method: 'GET', path: '/m/:code/share/:what/:which', id: 'portal.share', handler: showShare },
  { method: 'POST', path: '/m/:code/share/:what/:which', id: 'portal.doShare', handler: doShare },
]

/** The address where one thing is shown or taken back. */
export const sharePath = (code: string, what: 'paper' | 'answer', which: string): string =>
  `/m/${code}/share/${what}/${encodeURIComponent(which)}`

async function showShare(tx: Tx, visit: Visit): Promise<PageReply> {
  const matter = await matterByCode(tx, visit.params['code'] ?? '')
  const line = lineOf(tx.on, matter.line, matter.edition)
  const { title, holder, isShared } = await findShareable(tx, matter, namedIn(visit))
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
  await (text(visit.form['act']) === 'unshare' ? unshare : share)(tx, matter, namedIn(visit))
  return { redirect: `/m/${matter.code}` }
}

/** What the address names. */
function namedIn({ params: { what, which = '' } }: Visit): Shareable {
  return what === 'paper' ? { paper: which } : what === 'answer' ? { question: which } : refuse('not_found')
}
