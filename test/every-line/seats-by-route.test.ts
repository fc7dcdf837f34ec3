import type { FastifyInstance, InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { addDays } from '#kernel/calendar/calendar.ts'
import { hasTwoSides } from '#kernel/seat.ts'
import type { Line } from '#kernel/line.ts'
import { services } from '#lines/services.ts'
import { scenesOf } from '#test/line-scenes.ts'
import { addCountyOffices } from '#test/offices.ts'
import { plantAll } from '#test/planting.ts'
import { administrators, elsewhere, officers, roles, working, type Role } from '#test/roles.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { contactPhone, setTable, type Content, type Kind, type Sitter, type Table } from './tables.ts'

/** Somebody who asks: who sits there, or what else they are to the matter. */
type Reader = { name: string; who: Actor | null; sitter?: Sitter; role?: Role }

/** Whoever takes calls works on what they see, be it of one service alone. */
const works: ReadonlySet<Role> = new Set([...working, 'agent'])
const fromOutside: readonly Role[] = ['visitor', 'stranger', 'otherProvider', ...officers, ...elsewhere, ...administrators]

const readersOf = ({ sitters }: Table): Reader[] => [
  ...sitters.map((sitter) => ({ name: sitter.name, who: sitter.who, sitter })),
  ...fromOutside.map((role) => ({ name: role, who: roles[role], role })),
]

/** What somebody may read (TRUST §3): at the table, what they said and what was shared with them, or all where their seat sees all; elsewhere all of it, whoever works on the matter. */
function mayRead({ subject }: Table, { sitter, role }: Reader, { kind, of, isShared }: Content): boolean {
  if (role) return subject.seen.includes(role) && (works.has(role) || kind === 'run')
  if (!sitter) return false
  if (kind === 'note') return sitter.side === 'works'
  return sitter.sees === 'all' || of === '' || isShared || of === sitter.who.id
}

type Answer = { status: number; body: string }

/** A route or page that shows something of a matter: which kinds it must show to whoever may read them, to whom it opens, and, where it shows one thing, what asks for that. */
type Window = {
  id: string
  shows: readonly Kind[]
  isFor?: 'citizen'
  url(table: Table): string
  marks?(answer: Answer): readonly string[]
}

const runsIn = ({ status, body }: Answer): string[] =>
  status === 200 ? (JSON.parse(body) as { clocks: { party: string }[] }).clocks.map(({ party }) => party) : [] // MatterView

/** Whole pages. Those that must show nothing of a table are here since they must not show it by mistake either. */
const windows: readonly Window[] = [
  {
    id: 'matter.read',
    shows: ['answer', 'paper', 'contact', 'note', 'run'],
    url: ({ m }) => `/api/matters/${m.region}/${m.id}`,
    marks: runsIn,
  },
  { id: 'portal.track', shows: ['answer', 'paper'], isFor: 'citizen', url: ({ m }) => `/m/${m.code}`, marks: () => [] },
  ...['check', 'receipt', 'proxy', 'letter/1'].map((page) => ({
    id: `portal: ${page}`,
    shows: [],
    url: ({ m }: Table) => `/m/${m.code}/${page}`,
  })),
  { id: 'matter.panel', shows: [], url: ({ m }) => `/api/matters/${m.region}/${m.id}/panels/candidates` },
  ...['/mine', '/readings', '/api/queue?purpose=all&limit=100', '/api/notices', '/api/calendar?from=2026-04-01&to=2026-04-30'].map(
    (url) => ({
      id: url,
      shows: [],
      url: () => url,
    }),
  ),
]

type Place = AsyncDisposable & { w: World; app: FastifyInstance; table(line: Line): Promise<Table> }

/** A world with every line's matters in it, and its doors open. */
async function opened(): Promise<Place> {
  const w = await world('2026-04-01T09:00:00+08:00')
  const app = await site(w)
  await w.run(cast.clockwork, addCountyOffices)
  const matters = await plantAll(w)
  return {
    w,
    app,
    table(line) {
      const subject = scenesOf(line.key).subjects[0]! // a line has a matter
      return setTable(w, line, { m: matters.get(subject.name)!, subject }) // all are planted
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await w[Symbol.asyncDispose]()
    },
  }
}

type Ask = (url: string, payload?: object) => Promise<Answer>

async function asking({ w, app }: Place, who: Actor | null): Promise<Ask> {
  const jar = who ? [...(await signedIn(w, app, who)).jar] : []
  const headers = { 'sec-fetch-site': 'same-origin', cookie: jar.map(([name, value]) => `${name}=${value}`).join('; ') }
  return async (url, payload) => {
    const asked: InjectOptions = payload ? { method: 'POST', url, headers, payload } : { method: 'GET', url, headers }
    const { statusCode, body } = await app.inject(asked)
    return { status: statusCode, body }
  }
}

type Seen = { reader: Reader; content: Content; by: string; isShown: boolean; mustBe: boolean }

/** What one reader is shown of a table, by every window and at each paper and contact. */
async function seenBy(place: Place, table: Table, reader: Reader): Promise<Seen[]> {
  const ask = await asking(place, reader.who)
  const seen: Seen[] = []
  for (const { id, shows, isFor, url, marks } of windows) {
    const answer = await ask(url(table))
    const runs = marks?.(answer) ?? []
    for (const content of table.contents) {
      const isShown = content.kind === 'run' ? runs.includes(content.mark) : answer.body.includes(content.mark)
      const mustBe = shows.includes(content.kind) && (!isFor || reader.who?.kind === isFor)
      seen.push({ reader, content, by: id, isShown: isShown && !isTyped(url(table), content), mustBe })
    }
  }
  for (const content of table.contents) seen.push(...(await asked(ask, table, reader, content)))
  return seen
}

const isTyped = (url: string, { mark }: Content) => url.includes(mark)

/** The routes by which one paper, or one telephone, is asked for by name. */
async function asked(ask: Ask, { m, sitters }: Table, reader: Reader, content: Content): Promise<Seen[]> {
  const its = { reader, content }
  if (content.kind === 'paper') {
    const [file, page] = [await ask(`/api/documents/${m.region}/${content.mark}`), await ask(`/m/${m.code}/file/${content.mark}`)]
    return [
      { ...its, by: 'document.read', isShown: file.status === 200, mustBe: true },
      { ...its, by: 'portal.document', isShown: page.status === 200, mustBe: reader.who?.kind === 'citizen' },
    ]
  }
  if (content.kind !== 'contact') return []
  const { body } = await ask(`/api/matters/${m.region}/${m.id}/reveal`, { person: content.mark, field: 'phone', reason: '电话通知当事人' })
  const isWorker = reader.role !== undefined || reader.sitter?.side === 'works'
  const isFirst = sitters.find(({ side }) => side === 'works')?.seat === reader.sitter?.seat
  return [{ ...its, by: 'matter.reveal', isShown: body.includes(contactPhone), mustBe: isWorker && (reader.role !== undefined || isFirst) }]
}

/** Where what is shown is not what may be read, in words. */
async function quarrels(
  place: Place,
  table: Table,
  among: readonly Reader[] = readersOf(table),
): Promise<{ found: string[]; seen: Seen[] }> {
  const seen = (await Promise.all(among.map((reader) => seenBy(place, table, reader)))).flat()
  const found = seen.flatMap(({ reader, content, by, isShown, mustBe }) => {
    const may = mayRead(table, reader, content)
    const what = `${content.isShared ? 'shared ' : ''}${content.kind} of ${content.saidBy}`
    if (isShown && !may) return [`${by} shows ${reader.name} the ${what}`]
    return may && mustBe && !isShown ? [`${by} does not show ${reader.name} the ${what}`] : []
  })
  return { found, seen }
}

const lines = services.map(({ line }) => line)
const twoSided = lines.filter(hasTwoSides)
const kindsIn = (seen: readonly Seen[], isShown: boolean): Kind[] =>
  [...new Set(seen.filter((one) => one.isShown === isShown).map(({ content }) => content.kind))].toSorted()

describe('by route, each seat reads what it said and what was shared with it, and an officer what their grant covers', () => {
  let place: Place
  beforeAll(async () => {
    place = await opened()
  })
  afterAll(() => place[Symbol.asyncDispose]())

  test.each(lines.map((line, n) => [line.key, line, n] as const))('at a table of %s', async (_, line, n) => {
    place.w.at(addDays('2026-04-01', n)) // what an officer may open and ring up is counted by the day
    const { found, seen } = await quarrels(place, await place.table(line))
    expect(found).toEqual([])
    expect(kindsIn(seen, true)).toEqual(expect.arrayContaining(['contact', 'note', 'paper']))
    const answering = seen.filter(({ reader }) => reader.sitter?.side === 'answers')
    const all = ['answer', 'contact', 'paper', 'run']
    if (hasTwoSides(line)) expect([kindsIn(answering, true), kindsIn(answering, false)]).toEqual([all, [...all, 'note'].toSorted()])
  })

  test('some line of the list has two sides', () => {
    expect(twoSided).not.toEqual([])
  })
})

const opensAll = sql`create or replace function sec.opens(of_region text, of_matter uuid, holder text, is_shared boolean, who text[]) returns boolean
  language plpgsql stable security definer parallel safe set search_path = pg_catalog, public as 'begin return true; end'`
const by = (statement: typeof opensAll) => (w: World) => w.on.database.owner(async (db) => void (await statement.execute(db)))

describe('a wall that is weakened is seen', () => {
  test.each([
    [
      'a policy opens to one side what the other said',
      by(opensAll),
      ['matter.read', 'document.read', 'portal.track', 'portal.document'].map((route) => `${route} shows the other side`),
    ],
    ['a policy shows every matter to everybody', by(sql`create policy leak on matter using (true)`), ['matter.read shows clerkNextDoor']],
    ['a route takes whoever answers for one who sees all', async (w: World) => seeAll(w), ['matter.read shows the other side the run']],
  ])('%s', async (_, weaken, told) => {
    await using place = await opened()
    const table = await place.table(twoSided[0]!) // there is one, as is shown above
    await weaken(place.w)
    const others = readersOf(table).filter(({ sitter, role }) => sitter?.side === 'answers' || role === 'clerkNextDoor')
    const { found } = await quarrels(
      place,
      table,
      others.map((reader) => (reader.sitter ? { ...reader, name: 'the other side' } : reader)),
    )
    for (const one of told) expect(found.join('\n')).toContain(one)
  })
})

/** The table of every line as the routes read it; the rows of who sits where stay as they are. */
function seeAll(w: World): void {
  const seats = (line: Line) =>
    Object.fromEntries(Object.entries(line.seats).map(([key, seat]) => [key, { ...seat, sees: 'all' as const }]))
  w.on.lines = new Map([...w.on.lines].map(([key, editions]) => [key, editions.map((line) => ({ ...line, seats: seats(line) }))]))
}
