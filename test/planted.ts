import { v7 } from 'uuid'
import { over, type Actor, type Duty, type Grant } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { addDocument } from '#api/matter/documents.ts'
import { takeAction } from '#api/matter/matters.ts'
import { hashPassword } from '#platform/doors/credentials.ts'
import { addStaff } from '#records/accounts/accounts.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { handedIn } from '#test/handed-in.ts'
import { cast, county, type World } from './world.ts'
import { seat, type Seating } from './seating.ts'

/** What Li tells us in confidence. None of it may stand in an answer to somebody it is not for. */
export const planted = {
  name: '哈斯其其格',
  idNumber: '11010519491231002X',
  phone: '13912345678',
  story: '老板开着一辆天蓝色的拖拉机跑了，工钱一分没给。',
}

const told: Record<string, Record<string, unknown>> = {
  story: { story: planted.story },
  notice: { read: ['yes'] },
  forWhom: { who: 'self' },
  kind: { kind: 'wages' },
  opponent: { name: '天蓝建筑公司' },
  amount: { fen: 1_800_000, since: '2026-01-05' },
  deadline: { what: 'none' },
  person: { name: planted.name, idNumber: planted.idNumber },
  contact: { safe: 'both', phone: planted.phone },
  place: { living: '西宁市城东区' },
  migrant: { isMigrant: 'yes' },
  workProof: { proofs: ['wageSheet'] },
  documents: {},
}

/** Li's application with every question answered, not yet submitted. */
export async function plantedDraft(w: World): Promise<Matter> {
  const draft = await w.open(cast.li)
  await w.run(cast.li, async (tx) => {
    for (const [question, value] of Object.entries(told)) await saveAnswer(tx, draft, question, value, 'web')
  })
  return draft
}

/** The same submitted as the portal submits it, with one paper on file. */
export async function plantedCase(w: World): Promise<Matter> {
  const draft = await plantedDraft(w)
  await w.run(cast.li, (tx) => addDocument(tx, draft, { kind: 'evidence', key: v7(), upload: handedIn('工资条.pdf', onePage) }))
  return w.run(cast.li, (tx) => takeAction(tx, draft, 'submit', { key: v7(), input: {} }))
}

/** Li's request about a matter, with every question answered and not yet sent. */
export async function plantedRequest(w: World, about: Matter): Promise<Matter> {
  const request = await w.open(cast.li, 'data-request', {}, { parent: about.id })
  await w.run(cast.li, async (tx) => {
    const told = { notice: { read: ['yes'] }, wants: { what: 'delete' }, person: { name: planted.name, idNumber: planted.idNumber } }
    for (const [question, value] of Object.entries(told)) await saveAnswer(tx, request, question, value, 'web')
  })
  return request
}

/** The smallest paper that is taken in. */
export const onePage = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** Where a matter stands, as far as a scene sets it. */
export type Standing = Partial<Pick<Matter, 'state' | 'data' | 'documents' | 'number'>> & {
  proxy?: string | null
  assignee?: string | null
  filed_at?: Date | null
  seats?: Seating
}

/** Puts a matter where a scene needs it, over the log's head: the scene is about who may act, not about how it came there. */
export async function putInto(
  w: World,
  { region, id }: MatterId,
  { data, documents, proxy, assignee, seats, ...plain }: Standing,
): Promise<{ version: number }> {
  await seat(w, { region, id }, { ...(proxy !== undefined && { proxy }), ...(assignee !== undefined && { assignee }), ...seats })
  return w.run(cast.clockwork, (tx) =>
    tx.db
      .updateTable('matter')
      .set({ ...plain, ...(documents && { documents: [...documents] }), ...(data && { data: JSON.stringify(data) }), is_open: true })
      .where('region', '=', region)
      .where('id', '=', id)
      .returning('version')
      .executeTakeFirstOrThrow(),
  )
}

/** The register's entries of Zhao and Qian. */
export const registered = { zhao: v7(), qian: v7(), office: v7() }

/** A clerk of the county whose account administrators may try their doors on. */
export const colleague = '0190a000-0000-7000-8000-00000000c011'

/** The colleague's account, not yet set up. */
export const addColleague = (w: World): Promise<unknown> =>
  w.run(cast.clockwork, (tx) =>
    addStaff(tx, { id: colleague, kind: 'staff', login: 'colleague', name: '演示同事', grants: over(county, 'intake') }),
  )

/** Zhao and Qian on the register of the county, each with their account. */
export async function lawyers(w: World): Promise<void> {
  const { office, ...people } = registered
  const passwordHash = await hashPassword('nobody types this one')
  const entry = {
    region: county,
    office,
    kind: 'lawyer' as const,
    licence: '16301201610000001',
    licence_from: '2016-01-01',
    criminal_defence_since: '2016-01-01',
    assessed_year: 2025,
  }
  await w.run(cast.clockwork, async (tx) => {
    await tx.db
      .insertInto('office')
      .values({ region: county, id: office, kind: 'lawFirm', name: '演示律师事务所', short: '所', valid_from: '2020-01-01' })
      .execute()
    for (const [name, id] of Object.entries(people)) {
      await tx.db
        .insertInto('practitioner')
        .values({ ...entry, id, name: `演示${name}` })
        .execute()
      const account = {
        id: cast[name as keyof typeof people].id,
        kind: 'provider',
        login: name,
        name: `演示${name}`,
        passwordHash,
        totpSecret: 'JBSWY3DPEHPK3PXP',
        practitioner: id,
      } as const // the keys are the cast's
      await addStaff(tx, account)
    }
  })
}

let people = 100
/** Somebody with a duty of their own, beside the cast. */
export const officer = (region: string, ...duties: Duty[]): Actor => granted(...over(region, ...duties))

/** The same, with grants of their own. */
export const granted = (...grants: Grant[]): Actor => ({
  id: `0190a000-0000-7000-8000-${String(people++).padStart(12, '0')}`,
  kind: 'staff',
  grants,
})
