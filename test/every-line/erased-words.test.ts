import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check } from '#kernel/decide.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { isFreeText, undeclaredText } from '#kernel/free-text.ts'
import type { Form } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { services } from '#lines/services.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { toldOf } from '#engine/words.ts'
import { as, system } from '#platform/tx.ts'
import { partyRows } from '#records/people/people.ts'
import { eraseMatter } from '#records/privacy/erasure.ts'
import { addNote } from '#records/privacy/notes.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { verifyWhole } from '#records/privacy/verify-kept.ts'
import { today } from '#test/access-scenes.ts'
import { keepingLog } from '#test/keeping-log.ts'
import { scenesOf } from '#test/line-scenes.ts'
import { lawyers, putInto } from '#test/planted.ts'
import { plantAll } from '#test/planting.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { v7 } from 'uuid'

/** What people write where a name and a number do not belong. */
const typed = '联系人秦望舒，电话13666668888，请转告她。'
const personal = ['秦望舒', '13666668888']

let w: World
let matters: ReadonlyMap<string, Matter>
const { log, lines } = keepingLog()
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  w.on.log = log
  await lawyers(w)
  matters = await plantAll(w)
  w.at(today)
})
afterAll(() => w[Symbol.asyncDispose]())

/** The tables and columns of the whole database in which one of those words stands in clear. */
const foundIn = (which = 'true') =>
  w.on.database.owner(async (db) => {
    const { rows: columns } = await sql<{ place: string; query: string }>`
      select table_schema || '.' || table_name || '.' || column_name as place,
        format('select count(*)::int as n from %I.%I where %I::text like any ($1)', table_schema, table_name, column_name) as query
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
        and data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea') and ${sql.raw(which)}`.execute(db)
    const found = []
    for (const { place, query } of columns) {
      const counted = await sql<{ n: number }>`${sql.raw(query.replace('$1', `array['%${personal.join("%', '%")}%']`))}`.execute(db)
      if (counted.rows[0]?.n) found.push(place)
    }
    return found
  })

const wordsOf = (form: Form) => Object.keys(form.shape).filter((name) => isFreeText(form.shape[name]!)) // its own name
const withTyped = (form: Form) => Object.fromEntries(wordsOf(form).map((name) => [name, typed]))

const everyAction = services.flatMap(({ line }) =>
  Object.entries(line.actions)
    .filter(([, { form }]) => wordsOf(form).length)
    .map(([key, { form }]) => ({ line, key, form })),
)

/** A matter put where an action is taken, and somebody who may take it. */
async function ready({ line, key }: (typeof everyAction)[number]): Promise<{ m: Matter; who: (typeof cast)[keyof typeof cast] }> {
  const scene = scenesOf(line.key).access[key]
  const planted = matters.get(scene?.of ?? '')
  if (!scene || !planted) throw new Error(`${line.key} has no scene of ${key}`)
  await putInto(w, planted, scene.standing)
  const m = (await w.run(cast.clockwork, (tx) => matterOf(tx, planted)))! // planted
  const who = Object.values(cast).find(
    (one) => !check(line, m, key, { actor: one, now: w.now(), law: w.on.settings.lawOf(county, w.now()) }),
  )
  if (!who) throw new Error(`Nobody of the cast may ${key} where the scene has it`)
  return { m, who }
}

describe('what is written into any step is erased with what was said in its matter (个人信息保护法 §47; S-M7)', () => {
  test.each(everyAction.map((one) => [`${one.line.key} ${one.key}`, one] as const))('%s', async (_, one) => {
    const { m, who } = await ready(one)
    const right = scenesOf(one.line.key).inputs[one.key]?.(m, dayOf(w.now()), 0, who)
    await w.act(who, m, one.key, { ...(right as object), ...withTyped(one.form) })
    const told = await w.run(cast.clockwork, async (tx) => toldOf(tx, m, 'zh'))
    expect(told.events.at(-1)?.input).toMatchObject(withTyped(one.form))
  })

  test.each(services.filter(({ line }) => line.data && wordsOf(line.data).length).map(({ line }) => [line.key, line] as const))(
    'what a matter of %s is opened with',
    async (key, line) => {
      const m = Array.from(matters.values()).find((one) => one.line === key)
      const opened = { ...m?.data, ...withTyped(line.data!) } // just looked for
      const tried = await Promise.all(
        [cast.li, cast.liu].map((who) =>
          w.open(who, key, opened).catch((error: unknown) => (error instanceof Refusal ? undefined : Promise.reject(error))),
        ),
      )
      const fresh = tried.filter((one) => one !== undefined)
      expect(fresh).toHaveLength(1)
      matters = new Map([...matters, [`opened ${key}`, fresh[0]!]]) // just counted
    },
  )

  test('why somebody looked, and a note', async () => {
    const m = matters.get('case')!
    await putInto(w, m, { state: 'handling' })
    const [person] = await w.run(cast.wang, (tx) => partyRows(tx, [m]))
    await w.run(cast.wang, (tx) => reveal(tx, m, { person: person!.id, field: 'name', reason: typed }))
    await w.run(cast.wang, (tx) => addNote(tx, m, { id: v7(), text: typed }))
  })

  test('stands nowhere in clear, in the log and the audit least of all; and a scan would find it if it did', async () => {
    expect(await foundIn()).toEqual([])
    const clear = { region: '63', key: 'x', valid_from: today, value: '1', decided_by: 'x', note: typed }
    await w.run(cast.clockwork, (tx) => tx.db.insertInto('setting').values(clear).execute())
    expect(await foundIn()).toEqual(['public.setting.note'])
    await w.on.database.owner((db) => db.deleteFrom('setting').where('key', '=', 'x').execute())
  })

  test('is gone once the matter is erased: its page says so in a sentence, and no key opens it any more', async () => {
    for (const m of matters.values()) await as(w.on, system, w.now(), (tx) => eraseMatter(tx, m))
    const { rows } = await w.run(cast.clockwork, (tx) =>
      sql<{ kept: number }>`select count(text)::int as kept from said_text where matter is not null`.execute(tx.db),
    )
    expect(rows).toEqual([{ kept: 0 }])
    const { events } = await w.run(cast.clockwork, (tx) => toldOf(tx, matters.get('case')!, 'zh'))
    expect(JSON.stringify(events)).toContain('这段话已经删除了。')
    expect(JSON.stringify(events)).not.toContain('said:')
    expect(await foundIn()).toEqual([])
    expect(personal.filter((word) => JSON.stringify(lines).includes(word))).toEqual([])
  })

  test('and verify tells an erasure from words that were taken away', async () => {
    const words = async () => (await verifyWhole(w.on, w.now())).wrong.filter(({ what }) => what.includes('words'))
    expect(await words()).toEqual([])
  })
})

test.each(services.flatMap(({ line, opening }) => (opening ? [[line.key, opening.asks] as const] : [])))(
  'whoever opens a matter of %s types nothing that would stand in the log in clear',
  (_, asks) => expect(undeclaredText(asks)).toEqual([]),
)
