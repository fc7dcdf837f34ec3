import { v7 } from 'uuid'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { holderOfParty } from '#kernel/seat.ts'
import { ownerIn } from '#engine/standing.ts'
import { audit } from '#platform/keys/audit.ts'
import { newSalt, blindIndex, seal, unseal, type Keyring, type Place } from '#platform/keys/crypto.ts'
import { noteKept, type KeptTable } from '#platform/keys/kept.ts'
import type { Tx } from '#platform/tx.ts'
import { keysIn } from '#kernel/keyed.ts'
import { masked, type Masked } from './masking.ts'

export const partyRoles = ['recipient', 'opponent', 'representative', 'proxy', 'organ'] as const
export type PartyRole = (typeof partyRoles)[number]
export type PersonKind = 'natural' | 'organisation'

/** The values of a person that are kept sealed, and the column each is kept in. */
export const sealedFields = { name: 'name', idNumber: 'id_number', phone: 'phone', address: 'address' } as const
export type SealedField = keyof typeof sealedFields

export type Given = {
  kind: PersonKind
  name: string
  idNumber?: string | undefined
  phone?: string | undefined
  address?: string | undefined
}

/** Where a person's value is sealed: it opens in that column of that row and nowhere else. */
export const personPlace = (region: string, person: string, field: SealedField): Place => ({
  table: 'person',
  column: sealedFields[field],
  row: person,
  region,
})

/** Keeps a person sealed and returns their id. Until `addParty` names them in a matter, nobody but the system can read them. */
export async function addPerson(tx: Tx, region: string, given: Given, id: string = v7()): Promise<string> {
  const sealed = (field: SealedField) =>
    given[field] ? seal(tx.on.keyring, given[field].normalize('NFKC').trim(), personPlace(region, id, field)) : null
  const row = {
    region,
    id,
    kind: given.kind,
    name: sealed('name'),
    id_number: sealed('idNumber'),
    id_number_index: given.idNumber ? idNumberIndex(tx.on.keyring, region, given.idNumber) : null,
    phone: sealed('phone'),
    phone_index: given.phone ? phoneIndex(tx.on.keyring, region, given.phone) : null,
    address: sealed('address'),
    created_at: tx.now,
    entered_by: tx.actor.id,
    salt: newSalt(),
  }
  const added = await tx.db
    .insertInto('person')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows) await noteKept(tx, { region }, keptPerson, [row]) // the row itself nobody may read yet
  return id
}

type Kept = PersonRow & { kind: string; salt: string | null; proved_at?: Date | null; proved_by?: string | null }

/** Who somebody is and how they are reached. */
export const keptPerson: KeptTable<Kept> = {
  table: 'person',
  columns: ['region', 'id', 'kind', 'name', 'id_number', 'phone', 'address', 'proved_at', 'proved_by', 'erased_at', 'salt'],
  name: ({ id }) => id,
  holds: (ring, row) => ({
    kind: row.kind,
    ...Object.fromEntries(keysIn(sealedFields).map((field) => [field, openIn(ring, row, field)])),
    ...(row.proved_at && { proved: [row.proved_at, row.proved_by] }),
  }),
}

/** Puts right what is kept of a person; what is not given stays as it is. */
export async function amendPerson(tx: Tx, region: string, person: string, given: Partial<Omit<Given, 'kind'>>): Promise<void> {
  const sealed = (field: SealedField) =>
    given[field] && {
      [sealedFields[field]]: seal(tx.on.keyring, given[field].normalize('NFKC').trim(), personPlace(region, person, field)),
    }
  const values = {
    ...sealed('name'),
    ...sealed('idNumber'),
    ...sealed('phone'),
    ...sealed('address'),
    ...(given.idNumber && { id_number_index: idNumberIndex(tx.on.keyring, region, given.idNumber) }),
    ...(given.phone && {
      phone_index: phoneIndex(tx.on.keyring, region, given.phone),
      ...(await unproved(tx, region, person, given.phone)),
    }),
  }
  if (!Object.keys(values).length) return
  const amended = await tx.db
    .updateTable('person')
    .set(values)
    .where('region', '=', region)
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .returning([...provable])
    .execute()
  await noteKept(tx, { region }, keptPerson, amended)
}

const provable = ['region', 'id', 'kind', 'name', 'id_number', 'phone', 'address', 'proved_at', 'proved_by', 'salt'] as const

/** Another telephone than the one that was proved is not proved, whoever writes it down. */
async function unproved(tx: Tx, region: string, person: string, phone: string) {
  const row = await tx.db
    .selectFrom('person')
    .select(['phone_index'])
    .where('region', '=', region)
    .where('id', '=', person)
    .executeTakeFirst()
  return row?.phone_index === phoneIndex(tx.on.keyring, region, phone) ? {} : { proved_at: null, proved_by: null, entered_by: tx.actor.id }
}

/** Notes that somebody who holds a person's telephone read a code back to the actor. Doing it again changes nothing. */
export async function markProved(tx: Tx, { region, id }: { region: string; id: string }, by: string, at: Date): Promise<void> {
  const marked = await tx.db
    .updateTable('person')
    .set({ proved_at: at, proved_by: by })
    .where('region', '=', region)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .where('phone', 'is not', null)
    .where('proved_at', 'is', null)
    .returning([...provable])
    .execute()
  await noteKept(tx, { region }, keptPerson, marked)
}

/** Carries a proof over to where the same person is kept under the same telephone. Runs as the system. */
export async function copyProof(tx: Tx, from: { region: string; id: string }, to: { region: string; id: string }): Promise<void> {
  const proofOf = ({ region, id }: { region: string; id: string }) =>
    tx.db.selectFrom('person').selectAll().where('region', '=', region).where('id', '=', id).executeTakeFirst()
  const [known, copy] = [await proofOf(from), await proofOf(to)]
  if (!known?.proved_at || !known.proved_by || !copy || openField(tx, known, 'phone') !== openField(tx, copy, 'phone')) return
  await markProved(tx, to, known.proved_by, known.proved_at)
}

/** Names a person in a matter. Doing it twice changes nothing. */
export async function addParty(tx: Tx, matter: Matter, person: string, role: PartyRole): Promise<void> {
  const owner = ownerIn(tx, matter, tx.actor.id)
  const holder = owner && (holderOfParty(matter, person)?.id ?? owner)
  const row = { region: matter.region, matter: matter.id, person, role, holder: holder ?? '' }
  const added = await tx.db
    .insertInto('party')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows) await noteKept(tx, matterAt(matter), keptParty, [row])
}

const matterAt = ({ region, id: matter }: MatterId) => ({ region, matter })

/** Who is who in a matter. It names nobody, so its digest needs no salt. */
export const keptParty: KeptTable<{ matter: string; person: string; role: string; holder: string; salt?: null }> = {
  table: 'party',
  columns: ['region', 'matter', 'person', 'role', 'holder'],
  name: ({ matter, person, role }) => `${matter}/${person}/${role}`,
  holds: (_, { holder }) => ({ holder }),
}

/** What a province finds the same identity number by; another province's index of it is a different one. */
export const idNumberIndex = (ring: Pick<Keyring, 'blind'>, region: string, idNumber: string): string =>
  blindIndex(ring, 'idNumber', provinceOf(region), idNumber.normalize('NFKC').trim().toUpperCase())

/** What a province finds the same telephone number by. */
export const phoneIndex = (ring: Pick<Keyring, 'blind'>, region: string, phone: string): string =>
  blindIndex(ring, 'phone', provinceOf(region), phone.normalize('NFKC').replaceAll(/\D/g, ''))

/** The two digits a region's blind indexes are scoped to. */
export const provinceOf = (region: string): string => region.slice(0, 2)

export type PartyView = Masked & { person: string; role: PartyRole; kind: PersonKind; isErased: boolean; isProved: boolean }

/** Everyone in a matter, masked as lists show them; values not known, or erased, are null. */
export async function listParties(tx: Tx, at: MatterId): Promise<PartyView[]> {
  const rows = await partyRows(tx, [at])
  return rows.map((row) => viewOf(tx, row))
}

const viewOf = (tx: Tx, row: Awaited<ReturnType<typeof partyRows>>[number]): PartyView => ({
  person: row.id,
  role: row.role,
  kind: row.kind,
  isErased: row.erased_at !== null,
  isProved: row.proved_at !== null,
  ...masked(row.kind, opened(tx, row)),
})

/** The masked name of each matter's recipient, by the matter's id: one query for a whole page of a queue. */
export async function recipientNames(tx: Tx, matters: readonly MatterId[]): Promise<ReadonlyMap<string, string>> {
  const rows = await partyRows(tx, matters)
  return new Map(
    rows
      .filter(({ role }) => role === 'recipient')
      .map((row): [string, string] => [row.matter, masked(row.kind, opened(tx, row)).name ?? '×']),
  )
}

/** The people of some matters as kept, for rules that compare them. Values stay sealed until `openField`. */
export async function partyRows(tx: Tx, matters: readonly MatterId[]) {
  if (!matters.length) return []
  return tx.db
    .selectFrom('party as p')
    .innerJoin('person as x', (join) => join.onRef('x.region', '=', 'p.region').onRef('x.id', '=', 'p.person'))
    .select([
      'p.matter',
      'p.role',
      'x.region',
      'x.id',
      'x.kind',
      'x.name',
      'x.id_number',
      'x.id_number_index',
      'x.phone',
      'x.phone_index',
      'x.address',
      'x.proved_at',
      'x.erased_at',
    ])
    .where('p.region', 'in', [...new Set(matters.map(({ region }) => region))])
    .where(
      'p.matter',
      'in',
      matters.map(({ id }) => id),
    )
    .orderBy('p.matter')
    .orderBy('x.created_at')
    .orderBy('x.id')
    .execute()
}

type PersonRow = { region: string; id: string } & Record<'name' | 'id_number' | 'phone' | 'address', string | null>

/** One sealed value in full. For rules inside the service: what a person is shown goes through `listParties` or `reveal`. */
export const openField = (tx: Tx, row: PersonRow, field: SealedField): string | null => openIn(tx.on.keyring, row, field)

function openIn(ring: Keyring, row: PersonRow, field: SealedField): string | null {
  const sealed = row[sealedFields[field]]
  return sealed === null ? null : unseal(ring, sealed, personPlace(row.region, row.id, field))
}

const opened = (tx: Tx, row: PersonRow): Masked => ({
  name: openField(tx, row, 'name'),
  idNumber: openField(tx, row, 'idNumber'),
  phone: openField(tx, row, 'phone'),
  address: openField(tx, row, 'address'),
})

/** Deletes what is known of a person and keeps that there was one (个人信息保护法 art. 47). The log names only the id, so it stays whole. */
export async function erase(tx: Tx, region: string, person: string): Promise<void> {
  const gone = {
    salt: null,
    name: null,
    id_number: null,
    id_number_index: null,
    phone: null,
    phone_index: null,
    address: null,
    entered_by: null,
    proved_at: null,
    proved_by: null,
    erased_at: tx.now,
  }
  await tx.db.updateTable('person').set(gone).where('region', '=', region).where('id', '=', person).where('erased_at', 'is', null).execute()
  await audit(tx, 'erased', { region, detail: { person } })
}
