import { v5 } from 'uuid'
import type { Matter } from '#kernel/matter.ts'
import { act, open } from '#engine/act.ts'
import type { EffectHandler } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { isPrivate } from '#engine/traits.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import type { Tx } from '#platform/tx.ts'
import { answersByHolder, saveAnswer } from '#records/people/answers.ts'
import { addParty, partyRows } from '#records/people/people.ts'
import { holdBytes } from '#records/privacy/erasure.ts'
import { nameOfPaper, sealedName } from '#records/privacy/paper-names.ts'
import { its } from '../data.ts'
import { partiesOf } from '../rules.ts'

/** Names the confirmation after its mediation, so that it is opened once; any fixed UUID would do. */
const confirmations = 'b2f0c7de-5f52-4a0d-8f0e-6d3a0f6f2c11'

/** Opens the matter in which everybody of both sides asks the court together; it begins as of this agreement (人民调解法 art. 33). */
export const openConfirmation: EffectHandler = async (tx, job) => {
  const agreed = await matterOf(tx, job)
  const { agreement, kind } = agreed ? its(agreed.data) : {}
  if (!agreed || !agreement) return
  const { applicant, respondent } = agreed.seats
  const opened = await open(
    tx,
    'confirmation',
    { region: agreed.region, id: v5(agreed.id, confirmations) },
    {
      code: newMatterCode(),
      seats: { ...(applicant && { applicant }), ...(respondent && { respondent }) },
      parent: agreed.id,
      data: { effectiveOn: agreement.effectiveOn, kind, isPrivate: isPrivate(tx.on, agreed) },
    },
  )
  for (const { id, role } of await partyRows(tx, [agreed])) await addParty(tx, opened, id, role)
  await carryReach(tx, agreed, opened)
  await carryText(tx, agreed, opened)
}

/** Who each party is and how they are reached is not asked again: the court has to know it, and the other side still does not (个人信息保护法 art. 6). */
const carried = ['person', 'contact', 'home']

async function carryReach(tx: Tx, from: Matter, to: Matter): Promise<void> {
  const said = await answersByHolder(tx, from)
  for (const { id: holder, account } of partiesOf(from))
    for (const question of carried) {
      const known = said.get(holder)?.get(question)
      const source = { channel: known?.source.channel ?? 'web', saidBy: account ?? holder, carriedFrom: from.id, holder }
      if (known) await saveAnswer(tx, to, question, known.value, source)
    }
}

/** The agreement itself, signed where a signed copy is kept: everybody at the table has it, and the court asks for it. */
async function carryText(tx: Tx, { region, id }: Matter, to: Matter): Promise<void> {
  const [text] = await tx.db
    .selectFrom('document')
    .select(['id', 'name', 'mime', 'bytes', 'hash'])
    .where('region', '=', region)
    .where('matter', '=', id)
    .where('kind', 'in', ['signedCopy', 'agreement'])
    .where('holder', '=', 'desk')
    .where('erased_at', 'is', null)
    .orderBy('kind', 'desc')
    .orderBy('at', 'desc')
    .limit(1)
    .execute()
  const paper = v5(to.id, confirmations)
  if (!text || to.documents.includes('agreement')) return
  await holdBytes(tx, text.hash)
  await act(tx, to, 'attach', { kind: 'agreement', document: paper, hash: text.hash })
  const name = sealedName(tx.on.keyring, { region, id: paper, name: nameOfPaper(tx.on.keyring, { region, id: text.id, name: text.name }) })
  const its = { mime: text.mime, bytes: text.bytes, hash: text.hash, added_by: tx.actor.id, holder: 'desk', is_shared: true, at: tx.now }
  await tx.db
    .insertInto('document')
    .values({ region, id: paper, matter: to.id, kind: 'agreement', name, ...its })
    .execute()
}
