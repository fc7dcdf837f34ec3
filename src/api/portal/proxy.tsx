import { check } from '#kernel/decide.ts'
import type { Matter } from '#kernel/matter.ts'
import { Refusal, refuse } from '#kernel/refusal.ts'
import { act } from '#engine/act.ts'
import type { Platform } from '#platform/platform.ts'
import { lineOf } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { isPrivate } from '#engine/traits.ts'
import { as, lawOf, system, type Tx } from '#platform/tx.ts'
import type { FieldError } from '#portal/pieces/form.tsx'
import { ProxyPage } from '#portal/proxy.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { findOrAddCitizenByPhone } from '#records/accounts/accounts.ts'
import { keyed, keyOf, matterByCode, mobileOf, pageOf, text } from './visiting.ts'
import { holdersIn } from '#kernel/seat.ts'

/** Letting somebody act in one matter (个人信息保护法 §23): who, and that the person consents. */
export const proxyPages: readonly Page[] = [
  { method: 'GET', path: '/m/:code/proxy', id: 'portal.proxy', handler: async (tx, visit) => showProxy(tx, visit, []) },
  { method: 'POST', path: '/m/:code/proxy', id: 'portal.appointProxy', enter: appoint },
]

async function showProxy(tx: Tx, visit: Visit, errors: readonly FieldError[]): Promise<PageReply> {
  const matter = await matterToEntrust(tx, visit)
  const action = lineOf(tx.on, matter.line, matter.edition).actions['appointProxy'] ?? refuse('not_found')
  const isTicked = text(visit.form['consents']) === 'true'
  return {
    html: renderPage(
      <ProxyPage
        page={pageOf(visit, isPrivate(tx.on, matter))}
        title={action.title}
        isReplaced={holdersIn(matter, 'proxy').length > 0}
        action={`/m/${matter.code}/proxy`}
        hidden={keyed({ version: String(matter.version) })}
        values={{ phone: text(visit.form['phone']), ...(isTicked && { consents: 'true' }) }}
        errors={errors}
        {...(action.cite && { cite: action.cite })}
        backHref={`/m/${matter.code}`}
      />,
    ),
    status: errors.length ? 422 : 200,
  }
}

/** The matter, where this reader may name somebody to act in it now. */
async function matterToEntrust(tx: Tx, visit: Visit): Promise<Matter> {
  const matter = await matterByCode(tx, visit.params['code'] ?? '')
  const no = check(lineOf(tx.on, matter.line, matter.edition), matter, 'appointProxy', {
    actor: tx.actor,
    now: tx.now,
    law: lawOf(tx, matter.region),
  })
  if (no) throw new Refusal(no)
  return matter
}

/** Three units of work: only the system may look behind a phone number, and it does so only for somebody who may appoint. */
async function appoint(on: Platform, visit: Visit, now: Date): Promise<PageReply> {
  const applicant = (visit.session ?? refuse('sign_in_first')).actor
  const phone = mobileOf(visit)
  const errors = flaws(phone, visit)
  const matter = await as(on, applicant, now, (tx) => matterToEntrust(tx, visit))
  if (phone === null || errors.length) return as(on, applicant, now, (tx) => showProxy(tx, visit, errors))
  const proxy = await as(on, system, now, (tx) => findOrAddCitizenByPhone(tx, phone))
  if (proxy === applicant.id)
    return as(on, applicant, now, (tx) => showProxy(tx, visit, [{ field: 'phone', message: 'answer.proxy.self' }]))
  const seen = { expect: Number(text(visit.form['version'])) || undefined, key: keyOf(visit) }
  await as(on, applicant, now, (tx) => act(tx, matter, 'appointProxy', { proxy, consents: true }, seen))
  return { redirect: `/m/${matter.code}` }
}

const flaws = (phone: string | null, visit: Visit): FieldError[] => [
  ...(phone === null ? [{ field: 'phone', message: 'answer.mobile' } as const] : []),
  ...(text(visit.form['consents']) === 'true' ? [] : [{ field: 'consents', message: 'answer.tick' } as const]),
]
