import { v7 } from 'uuid'
import { account, hasTwoSides, type Seat } from '#kernel/seat.ts'
import type { Actor } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { pathOf } from '#kernel/journey/journey.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { keepFile } from '#api/matter/documents.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { journeyFor } from '#lines/services.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { addNote } from '#records/privacy/notes.ts'
import { sealedName } from '#records/privacy/paper-names.ts'
import { handedIn } from '#test/handed-in.ts'
import type { Subject } from '#test/access-scenes.ts'
import { onePage, putInto } from '#test/planted.ts'
import { roles } from '#test/roles.ts'
import { cast, type World } from '#test/world.ts'

/** Somebody who sits at a table: of each seat two, where it holds so many. */
export type Sitter = { name: string; who: Actor; seat: string; isPrincipal: boolean } & Pick<Seat, 'side' | 'sees'>

/** Something of one holder at a table, or of nobody in particular where `of` is empty; `mark` is what a page that shows it cannot hide. */
export type Content = { kind: Kind; mark: string; of: string; saidBy: string; isShared: boolean }
export type Kind = 'answer' | 'paper' | 'contact' | 'note' | 'run'

/** A matter of a line with every seat taken, where everybody said, sent and named something. */
export type Table = { line: Line; m: Matter; subject: Subject; sitters: readonly Sitter[]; contents: readonly Content[] }

/** The telephone of everybody's contact, which stands nowhere else. */
export const contactPhone = '13900005555'

const sittersOf = ({ seats, principal }: Line): Sitter[] =>
  Object.entries(seats).flatMap(([seat, { side, sees, max = 1 }]) =>
    Array.from({ length: Math.min(max, 2) }, (_, n) => ({
      name: `${seat} ${n + 1}`,
      who: { id: v7(), kind: side === 'works' ? ('provider' as const) : ('citizen' as const), grants: [] },
      seat,
      side,
      sees,
      isPrincipal: seat === principal && n === 0,
    })),
  )

/** Seats everybody at a planted matter, over its log's head, and has them speak. */
export async function setTable(w: World, line: Line, { m, subject }: Pick<Table, 'm' | 'subject'>): Promise<Table> {
  const sitters = sittersOf(line)
  const at = (seat: string) => sitters.filter((one) => one.seat === seat).map(({ who }) => account(who.id))
  const seats = Object.fromEntries(Object.keys(line.seats).map((seat) => [seat, at(seat)]))
  await putInto(w, m, { ...subject.standing, seats })
  const parties = sitters.filter(({ side }) => side !== 'works')
  // At a table with one side all that is said is everybody's, and one of them says it.
  const speakers = hasTwoSides(line) ? parties : parties.filter(({ isPrincipal }) => isPrincipal)
  const contents: Content[] = []
  for (const speaker of speakers) contents.push(...(await speaks(w, line, m, { speaker, speakers })))
  const note = `便签${v7()}`
  await w.run(roles.clerk, (tx) => addNote(tx, m, { id: v7(), text: note }))
  return { line, m, subject, sitters, contents: [...contents, desksOwn('note', note), ...(await runs(w, line, m, sitters))] }
}

const desksOwn = (kind: Kind, mark: string): Content => ({ kind, mark, of: 'desk', saidBy: 'desk', isShared: false })

type Speaking = { speaker: Sitter; speakers: readonly Sitter[] }

/** An answer to the questions that take a person's own words, which no desk is shown masked, two papers and a contact. The last speaker alone shares: an answer of one's own stands before another's to the same question. */
async function speaks(w: World, line: Line, m: Matter, { speaker, speakers }: Speaking): Promise<Content[]> {
  const { who } = speaker
  const of = hasTwoSides(line) ? who.id : ''
  const its = { of, saidBy: speaker.name }
  const isLast = speaker === speakers.at(-1)
  const [kept, shared] = pathOf(journeyFor(line.key, dayOf(w.now())), {}).flatMap(({ key, fields }) => {
    const field = fields.find(({ kind }) => kind === 'longText')
    return field ? [{ key, field: field.name }] : []
  })
  const found: Content[] = []
  const says = async (question: { key: string; field: string } | undefined, isShared: boolean) => {
    if (!question) return
    const mark = `说法${v7()}`
    await w.run(who, (tx) => saveAnswer(tx, m, question.key, { [question.field]: mark }, 'web'))
    if (isShared) await share(w, m, 'answer', of, question.key)
    found.push({ kind: 'answer', mark, isShared, ...its })
  }
  await says(kept, false)
  if (isLast && hasTwoSides(line)) await says(shared, true)
  for (const isShared of [false, true]) found.push({ kind: 'paper', mark: await sends(w, m, { who, of, isShared }), isShared, ...its })
  const contact = await w.run(who, async (tx) => {
    const person = await addPerson(tx, m.region, { kind: 'natural', name: '邻居', phone: contactPhone })
    await addParty(tx, (await matterOf(tx, m))!, person, 'representative') // whoever sits there sees it
    return person
  })
  return [...found, { kind: 'contact', mark: contact, isShared: false, ...its }]
}

/** Over the head of the line, whose step shares it. */
const share = (w: World, m: Matter, table: 'answer' | 'document', holder: string, which: string): Promise<unknown> =>
  w.on.database.owner((db) =>
    db
      .updateTable(table)
      .set({ is_shared: true })
      .where('region', '=', m.region)
      .where('matter', '=', m.id)
      .where('holder', '=', holder)
      .where(table === 'answer' ? 'question' : 'id', '=', which)
      .execute(),
  )

type Sending = { who: Actor; of: string; isShared: boolean }

/** A paper as one of its holder's, whether or not the line has them send one now. */
async function sends(w: World, m: Matter, { who, of, isShared }: Sending): Promise<string> {
  const id = v7()
  await w.run(cast.clockwork, async (tx) => {
    const { hash, mime, bytes } = await keepFile(tx, handedIn('演示.pdf', onePage))
    const name = sealedName(tx.on.keyring, { region: m.region, id, name: '演示.pdf' })
    const row = { region: m.region, id, matter: m.id, kind: 'evidence', name, mime, bytes, hash, added_by: who.id, holder: of, at: tx.now }
    await tx.db.insertInto('document').values(row).execute()
  })
  if (isShared) await share(w, m, 'document', of, id)
  return id
}

/** A run of each limit that is a party's own, for everybody in the seat whose it is. */
async function runs(w: World, line: Line, m: Matter, sitters: readonly Sitter[]): Promise<Content[]> {
  const own = Object.entries(line.limits).filter(([, { per }]) => per)
  const found = own.flatMap(([limit, { of }]) => sitters.filter(({ seat }) => seat === of).map((sitter) => ({ limit, sitter })))
  const due = new Date(w.now().getTime() + 9 * 86_400_000)
  await w.run(cast.clockwork, async (tx) => {
    for (const { limit, sitter } of found)
      await tx.db
        .insertInto('clock')
        .values({
          region: m.region,
          id: m.id,
          limit,
          party: sitter.who.id,
          started_by: 0,
          started_on: dayOf(tx.now),
          due_at: due,
          target_at: null,
          stopped_at: null,
          breached_at: null,
          length: null,
          is_duty: true,
        })
        .execute()
  })
  return found.map(({ sitter: { who, name } }) => ({ kind: 'run', mark: who.id, of: who.id, saidBy: name, isShared: false }))
}
