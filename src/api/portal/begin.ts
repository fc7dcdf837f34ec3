import { sql } from 'kysely'
import { v7, validate } from 'uuid'
import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Answers } from '#kernel/journey/journey.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { hashPassword, matterSecret, newMatterCode } from '#platform/doors/credentials.ts'
import type { Platform } from '#platform/platform.ts'
import type { PageReply, Visit } from '#platform/http/route.ts'
import { findSession, openSession } from '#platform/doors/sessions.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { judge } from '#portal/typed.ts'
import { addAnonymousCitizen } from '#records/accounts/accounts.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { openDraft } from '#api/matter/entering.ts'
import { text } from './visiting.ts'

/** What is settled before the first question: the line, the county, the matter it is about, and what was said already. */
export type Beginning = { entrance: Entrance; region: string; parent?: string; told: Readonly<Record<string, Answers>> }

/** Opens the draft for someone we may never have met: an account without a name, its session, the matter, and the secret to come back with. The form's matter id makes it safe to post twice. */
export async function begin(on: Platform, visit: Visit, now: Date, its: Beginning): Promise<PageReply> {
  // What a link opened is one matter: whoever begins another is somebody new.
  const here = visit.session?.actor.kind === 'party' ? null : visit.session
  const token = here
    ? null
    : await as(on, system, now, async (tx) =>
        openSession(tx, await addAnonymousCitizen(tx), visit.form['via'] === 'villageRoom' ? 'villageRoom' : 'web'),
      )
  const session = here ?? (token ? await findSession(on, token, now) : null)
  if (!session) return { redirect: '/' }
  const draft = async (id: string) => {
    const secret = matterSecret(on.keyring.blind, session.actor.id, id)
    const begun = { code: newMatterCode(), secretHash: await hashPassword(secret), channel: session.channel }
    const matter = await as(on, session.actor, now, (tx) => openWith(tx, { region: its.region, id }, its, begun))
    return { code: matter.code, secret }
  }
  const given = validate(text(visit.form['matter'])) ? text(visit.form['matter']) : v7()
  // Somebody new with an id that is taken posted this form before and lost the answer, and with it who they were: they begin again.
  const isLost = (error: unknown) => token !== null && error instanceof Refusal && error.code === 'key_reused'
  const begun = await draft(given).catch((error: unknown) => (isLost(error) ? draft(v7()) : Promise.reject(error)))
  if (token) visit.reply.setSession('citizen', token)
  visit.reply.setSecret(begun)
  return { redirect: `/m/${begun.code}/next` }
}

type Begun = { code: string; secretHash: string; channel: string }

async function openWith(tx: Tx, at: MatterId, its: Beginning, { code, secretHash, channel }: Begun): Promise<Matter> {
  const opened = await openDraft(tx, its.entrance, at, { code, parent: its.parent ?? null })
  // Also where it was opened before: whoever sends the form again is shown the secret again, which is the same.
  await sql`select sec.keep_secret(${opened.code}, ${secretHash})`.execute(tx.db)
  for (const question of its.entrance.journey(dayOf(tx.now))) {
    const told = its.told[question.key]
    const judged = told && judge(question, told)
    if (judged && 'answer' in judged) await saveAnswer(tx, opened, question.key, judged.answer, channel)
  }
  return opened
}
