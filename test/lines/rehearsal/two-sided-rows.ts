import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Actor } from '#kernel/actor.ts'
import { holdersIn } from '#kernel/seat.ts'
import type { MatterId } from '#kernel/matter.ts'
import { addDocument } from '#api/matter/documents.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { handedIn } from '#test/handed-in.ts'
import { onePage } from '#test/planted.ts'
import { roles } from '#test/roles.ts'
import { cast, county, type World } from '#test/world.ts'

const citizen = (): Actor => ({ ...cast.li, id: v7() })

/** Who looks at a table with two sides: those who sit there, those whose work it is, one who works with its figures alone, and those who have no business with it. */
export const readers: Readonly<Record<string, Actor>> = {
  applicant: cast.li,
  'respondent A': cast.chen,
  'respondent B': cast.ma,
  'a respondent who left': citizen(),
  mediator: cast.zhao,
  clerk: cast.liu,
  'city supervisor': cast.bai,
  'provincial manager': cast.he,
  'clerk of the office next door': roles.clerkNextDoor,
  'agent of another service': roles.agent,
  'clerk elsewhere': cast.sun,
  'another provider': cast.qian,
  stranger: citizen(),
}

/** What hangs on a matter and is somebody's. */
export const tables = ['answer', 'document', 'event', 'party', 'person'] as const
type Table = (typeof tables)[number]

const sides = ['applicant', 'respondent A', 'respondent B'] as const
const seeAll = new Set(['mediator', 'clerk', 'city supervisor'])
const mayShare: ReadonlySet<Table> = new Set(['answer', 'document'])

const left = 'a respondent who left'

/** Whose rows there are of each table. An answer that is taken down at the desk is its person's. */
const owners: Readonly<Record<Table, readonly string[]>> = {
  answer: sides,
  document: [...sides, 'desk'],
  event: [...sides, 'desk', 'everybody'],
  party: [...sides, left, 'desk'],
  person: [...sides, left, 'desk'],
}

/** What a reader is meant to find in a table. */
export function shown(reader: string, table: Table): string[] {
  const rows = owners[table].flatMap((owner) => [
    { owner, isShared: owner === 'everybody' },
    ...(mayShare.has(table) ? [{ owner, isShared: true }] : []),
  ])
  const isAtTable = sides.some((side) => side === reader)
  // Whoever works with figures sees that something was done, and nothing that was said.
  const isTold = table === 'event' && reader === 'provincial manager'
  const found = rows.filter(({ owner, isShared }) => seeAll.has(reader) || isTold || (isAtTable && (owner === reader || isShared)))
  return found.map(labelOf).toSorted()
}

const labelOf = ({ owner, isShared }: { owner: string; isShared: boolean }) => (isShared ? `${owner}, shared` : owner)

/** A matter with rows of everybody's; `names` says whose a holder's and a person's are. */
export type Planted = { m: MatterId; names: ReadonlyMap<string, string> }

/** Seats an applicant and three respondents, one of whom leaves; each says, sends and names something, shares one thing of each kind, and keeps the rest. */
export async function plantTable(w: World, m: MatterId): Promise<Planted> {
  const names = new Map([
    ['desk', 'desk'],
    ['', 'everybody'],
  ])
  const [applicant] = holdersIn(await w.read(m), 'applicant')
  await takesSeat(w, { m, names }, applicant!.id, 'applicant') // a rehearsal is opened for one
  for (const side of ['respondent A', 'respondent B', left]) await respondentComes(w, { m, names }, side)
  await w.act(cast.liu, m, 'appoint', { mediators: [cast.zhao.id] })
  for (const side of sides) await speaks(w, { m, names }, side)
  await sendsTwo(w, m, cast.liu)
  await namesSomebody(w, { m, names }, cast.liu, 'desk')
  const gone = [...names].find(([, name]) => name === left)
  await w.act(cast.liu, m, 'release', { respondent: gone?.[0] })
  await shareOneOfEach(w, m)
  return { m, names }
}

type Naming = { m: MatterId; names: Map<string, string> }

async function takesSeat(w: World, { m, names }: Naming, holder: string, side: string): Promise<void> {
  names.set(holder, side)
  await w.act(cast.liu, m, 'link', { holder, account: readers[side]?.id })
}

async function respondentComes(w: World, its: Naming, side: string): Promise<void> {
  const person = await w.run(cast.liu, (tx) =>
    addPerson(tx, county, { kind: 'natural', name: '演示', phone: '13900002222', address: '演示路 1 号' }),
  )
  await w.act(cast.liu, its.m, 'serve', { respondents: [person] })
  await w.run(cast.liu, async (tx) => addParty(tx, (await matterOf(tx, its.m))!, person, 'opponent')) // the clerk sees it
  await takesSeat(w, its, person, side)
}

async function speaks(w: World, its: Naming, side: string): Promise<void> {
  const who = readers[side]! // a side is a reader
  await w.run(who, async (tx) => {
    await saveAnswer(tx, its.m, 'contact', { safe: 'call', phone: '13900003333' }, 'web')
    await saveAnswer(tx, its.m, 'wish', { words: '演示' }, 'web')
  })
  await sendsTwo(w, its.m, who)
  await namesSomebody(w, its, who, side)
}

async function sendsTwo(w: World, m: MatterId, who: Actor): Promise<void> {
  for (const name of ['一.pdf', '二.pdf'])
    await w.run(who, (tx) => addDocument(tx, m, { kind: 'evidence', key: v7(), upload: handedIn(name, onePage) }))
}

/** The neighbour through whom somebody can be reached in safety. */
const namesSomebody = (w: World, { m, names }: Naming, who: Actor, side: string): Promise<void> =>
  w.run(who, async (tx) => {
    const contact = await addPerson(tx, county, { kind: 'natural', name: '演示', phone: '13900004444' })
    names.set(contact, side)
    await addParty(tx, (await matterOf(tx, m))!, contact, 'representative') // whoever speaks sees it
  })

/** Shared over the head of those who hold it: here the row policies alone are asked, and `sharing.test.ts` has the acts. */
const shareOneOfEach = (w: World, { region, id }: MatterId): Promise<void> =>
  w.on.database.owner(async (db) => {
    await sql`update answer set is_shared = true where region = ${region} and matter = ${id} and question = 'wish'`.execute(db)
    await sql`update document set is_shared = true where id in (
      select distinct on (holder) id from document where region = ${region} and matter = ${id} order by holder, id)`.execute(db)
  })

/** Whose rows somebody finds in a table, when nothing but the row policies stands in the way. */
export const rowsFor = (w: World, { m, names }: Planted, reader: string, table: Table): Promise<string[]> =>
  w.run(readers[reader]!, async (tx) => {
    const { rows } = await find[table](m, [...names.keys()]).execute(tx.db)
    const found = rows.map(({ holder, isShared }) => labelOf({ owner: names.get(holder) ?? holder, isShared: isShared || holder === '' }))
    return [...new Set(found)].toSorted()
  })

type Found = { holder: string; isShared: boolean }
const find: Record<Table, (m: MatterId, known: string[]) => ReturnType<typeof sql<Found>>> = {
  answer: ({ region, id }) => sql`select distinct holder, is_shared as "isShared" from answer where region = ${region} and matter = ${id}`,
  document: ({ region, id }) =>
    sql`select distinct holder, is_shared as "isShared" from document where region = ${region} and matter = ${id}`,
  event: ({ region, id }) => sql`select distinct holder, false as "isShared" from event where region = ${region} and id = ${id}`,
  party: ({ region, id }) => sql`select distinct holder, false as "isShared" from party where region = ${region} and matter = ${id}`,
  person: ({ region }, known) =>
    sql`select id::text as holder, false as "isShared" from person where region = ${region} and id::text = any(${known}::text[])`,
}
