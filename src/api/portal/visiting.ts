import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { v7, validate } from 'uuid'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refusals, refuse } from '#kernel/refusal.ts'
import { matterOf } from '#engine/matter-rows.ts'
import type { Visit } from '#platform/http/route.ts'
import type { MessageKey } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import type { Looks } from '#platform/doors/visits.ts'
import type { FieldError, Hidden } from '#portal/pieces/form.tsx'
import { paths } from '#portal/frame/paths.ts'
import type { Page } from '#portal/frame/shell.tsx'

/** Pages that are the same for everybody, which search engines may list. */
const listed: ReadonlySet<string> = new Set([paths.home, paths.places, paths.privacy, paths.comeBack, paths.signIn])

/** What every page knows of its reader; `here` is where it may be opened again, where that is not where it was asked for. A sitting in which something private was shown stays private to its end, whatever page comes next. */
export function pageOf(visit: Visit, isPrivate = false, here = visit.path): Page {
  const sitting = { isPrivate: isPrivate || visit.sitting.isPrivate, isShared: isShared(visit) }
  if (!isDeepStrictEqual(sitting, visit.sitting)) visit.reply.setSitting(sitting)
  return { ...seenBy({ ...visit, sitting }), here, isListed: !sitting.isPrivate && listed.has(visit.path.split('?')[0] ?? '') }
}

/** The same of a reader of whom no more is known than their browser says. */
export const seenBy = ({ language, isLarge, hasContrast, sitting, session }: Looks & Pick<Visit, 'session'>): Omit<Page, 'here'> => ({
  language,
  isLarge,
  hasContrast,
  // Whoever came by a link has no list of matters.
  isSignedIn: session !== null && session.actor.kind !== 'party',
  ...(sitting.isPrivate && { exitHref: paths.exit }),
  ...(sitting.isShared && { isShared: true }),
})

/** Whether the reader sits at a device of a village room, which the next person uses too. */
export const isShared = ({ session, sitting }: Pick<Visit, 'session' | 'sitting'>): boolean =>
  session?.channel === 'villageRoom' || sitting.isShared

/** How one comes back to a matter: by the secret, where this browser remembers it, or the way the account is known, where no secret opens it. */
export function wayBack({ secrets, session }: Visit, code: string): { secret?: string; isKnown?: true } {
  if (session?.isKnown) return { isKnown: true }
  const secret = secrets.get(code)
  return secret ? { secret } : {}
}

/** Hidden fields of a form: a key made here, so that a form posted twice acts once. */
export const keyed = (more: Hidden = {}): Hidden => ({ key: v7(), ...more })

export const text = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '')

/** The mobile number typed into a page's `phone` field, as eleven digits; null when it is none. */
export const mobileOf = (visit: Visit): string | null => {
  const digits = text(visit.form['phone'])
    .normalize('NFKC')
    .replaceAll(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '')
  return /^1[3-9]\d{9}$/.test(digits) ? digits : null
}

/** The key a form carries; one that has been tampered with starts anew rather than failing. */
export const keyOf = (visit: Visit): string => (validate(text(visit.form['key'])) ? text(visit.form['key']) : v7())

/** The status of a page with these errors: that of the file, where it is the file, and of the wait, where it is too early. */
export function statusOf(errors: readonly FieldError[]): number {
  const said = new Set<string>(errors.map(({ message }) => message))
  const own = statuses.find(([message]) => said.has(message))
  return own?.[1] ?? (errors.length ? refusals.invalid : 200)
}

/** What is said at a field for another reason than that it is filled in wrongly. */
const statuses: readonly (readonly [MessageKey, number])[] = [
  ['answer.file.tooLarge', refusals.file_too_large],
  ['answer.file.type', refusals.file_type],
  ['answer.file.active', refusals.file_active],
  ['answer.file.locked', refusals.file_locked],
  ['answer.justSent', refusals.too_many_tries],
]

/** The matter a code stands for, where this reader may see it. */
export async function matterByCode(tx: Tx, code: string): Promise<Matter> {
  // An erased draft is as if it had not been.
  const { rows } =
    await sql<MatterId>`select m.region, m.id from sec.matter_of(${code}) c join matter m on m.region = c.region and m.id = c.id
    where m.erased_at is null or m.filed_at is not null`.execute(tx.db)
  const [row] = rows
  return (row && (await matterOf(tx, row))) ?? refuse('not_found')
}

/** The county a form is about: as chosen, as the address says, or the last one chosen at this browser. */
export const countyIn = ({ form, query, county }: Visit): string => text(form['county']) || (query['county'] ?? county)
