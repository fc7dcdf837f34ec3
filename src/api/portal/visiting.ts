import { v7, validate } from 'uuid'
import { dayOf } from '#kernel/calendar.ts'
import type { Answers, Question } from '#kernel/journey.ts'
import { journeys } from '#lines/journeys.ts'
import type { Matter } from '#kernel/matter.ts'
import { refusals, refuse } from '#kernel/refusal.ts'
import { matterOf } from '#platform/matter-rows.ts'
import { isMessageKey } from '#platform/messages.ts'
import type { Visit } from '#platform/route.ts'
import type { Tx } from '#platform/tx.ts'
import type { FieldError, Hidden } from '#portal/form.tsx'
import type { Page } from '#portal/shell.tsx'
import { answersOf, plainAnswers } from '#records/answers.ts'

/** Where the exit link of a sensitive page goes: somewhere nobody asks about. */
const harmless = 'https://www.weather.com.cn/'

/** What every page knows of its reader. */
export const pageOf = (visit: Visit, isPrivate = false): Page => {
  const back = encodeURIComponent(visit.path)
  return {
    language: visit.language,
    isLarge: visit.isLarge,
    isSignedIn: visit.session !== null,
    otherLanguageHref: `/set?language=${visit.language === 'zh' ? 'en' : 'zh'}&back=${back}`,
    textSizeHref: `/set?text=${visit.isLarge ? 'normal' : 'large'}&back=${back}`,
    ...(isPrivate && { exitHref: harmless }),
    ...(isShared(visit) && { isShared: true }),
  }
}

/** Whether the reader sits at a device of a village room, which the next person uses too. */
export const isShared = (visit: Visit): boolean => visit.session?.channel === 'villageRoom'

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

/** The status of a page with these errors: that of the file, where it is the file. */
export function statusOf(errors: readonly FieldError[]): number {
  if (errors.some(({ message }) => message === 'answer.file.tooLarge')) return refusals.file_too_large
  if (errors.some(({ message }) => message === 'answer.file.type')) return refusals.file_type
  return errors.length ? refusals.invalid : 200
}

/** The matter a code stands for, where this reader may see it. */
export async function matterByCode(tx: Tx, code: string): Promise<Matter> {
  const row = await tx.db.selectFrom('matter_code').select(['region', 'matter']).where('code', '=', code).executeTakeFirst()
  return (row && (await matterOf(tx, { region: row.region, id: row.matter }))) ?? refuse('not_found')
}

/** A matter's journey with what is known, as of today. */
export async function journeyOf(tx: Tx, matter: Matter): Promise<{ questions: readonly Question[]; answers: Answers }> {
  return { questions: journeys[matter.line]?.(dayOf(tx.now)) ?? [], answers: plainAnswers(await answersOf(tx, matter)) }
}

/** A refusal's issues as errors at the fields of a page. */
export function errorsOf(detail: Record<string, unknown>): FieldError[] {
  const issues = Array.isArray(detail['issues']) ? (detail['issues'] as { path: string; message: string }[]) : [] // the shape of every issue list
  return issues.map(({ path, message }) => ({ field: path, message: isMessageKey(message) ? message : 'answer.invalid' }))
}
