import type { CompiledQuery } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import type { Db } from '#platform/database/database.ts'
import type { Send } from '#platform/database/sending.ts'
import { plantedCase, plantedDraft } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

/** What a step asks of its matter: each of these statements, by name, and `check` wherever the line was asked whether the action is allowed. */
const asked = new Set(['matter', 'act.lock', 'act.clocks', 'act.replay', 'act.events', 'act.number'])

let w: World
let done: string[] = []
let app: Awaited<ReturnType<typeof site>>
let li: Browser

const noted = new WeakSet<CompiledQuery>()

/** Once for each statement: the embedded database asks for one that is sent as for any other. */
function note(statement: CompiledQuery): void {
  const [, name = ''] = /^\/\*([\w.]+)\*\//.exec(statement.sql) ?? []
  if (asked.has(name) && !noted.has(statement)) done.push(name)
  noted.add(statement)
}

/** Notes every statement that begins with its name, as it is sent. */
function noting(db: Db): Db {
  const executor = db.getExecutor()
  const ask = executor.executeQuery.bind(executor)
  executor.executeQuery = <R>(query: CompiledQuery<R>) => {
    note(query)
    return ask(query)
  }
  return db
}

/** The same of what is sent without waiting for its answer. */
const notingSent =
  (send: Send): Send =>
  (statement) => {
    note(statement)
    return send(statement)
  }

/** The line with actions that note when they are asked whether they are allowed. */
const watched = (line: Line): Line => ({
  ...line,
  actions: Object.fromEntries(
    Object.entries(line.actions).map(([key, action]) => [
      key,
      {
        ...action,
        when(its) {
          done.push(`check ${key}`)
          return action.when?.(its) ?? null
        },
      },
    ]),
  ),
})

beforeAll(async () => {
  const its = await world()
  const { database, lines } = its.on
  const on = {
    ...its.on,
    lines: new Map([...lines].map(([key, editions]) => [key, editions.map(watched)])),
    database: {
      ...database,
      transaction: <T>(context: CompiledQuery, work: (db: Db, send: Send) => Promise<T>) =>
        database.transaction(context, (db, send) => work(noting(db), notingSent(send))),
    },
  }
  w = { ...its, on, [Symbol.asyncDispose]: () => its[Symbol.asyncDispose]() }
  app = await site(w)
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** What a step by its route asks, and what is read from then on to show it: that begins with the matter as it now stands. */
async function step(who: Browser, m: Matter, action: string, body: object) {
  done = []
  const answer = await who.json('POST', `/api/${m.line}/${m.region}/${m.id}/${action}`, { key: v7(), input: {}, ...body })
  const shown = done.indexOf('matter')
  return { status: answer.statusCode, asked: done.slice(0, shown < 0 ? done.length : shown), answered: shown < 0 ? [] : done.slice(shown) }
}

const held = ['act.lock', 'act.clocks', 'act.replay']

test('a step that is prepared and numbered is read once, held once and judged once, and its matter is read once more to show it', async () => {
  const draft = await plantedDraft(w)
  const { asked: before, answered } = await step(li, draft, 'submit', { version: 0 })
  expect(before).toEqual([...held, 'check submit', 'act.number'])
  expect(answered.filter((one) => one === 'matter')).toHaveLength(1)
})

test('a step that is refused for what it saw, or repeated, is neither judged nor prepared', async () => {
  const [draft, key] = [await plantedDraft(w), v7()]
  expect(await step(li, draft, 'submit', { version: 7 })).toMatchObject({ status: 409, asked: held })
  expect(await step(li, draft, 'submit', { version: 0, key })).toMatchObject({ status: 200 })
  const again = await step(li, draft, 'submit', { version: 0, key })
  expect(again).toMatchObject({ status: 200, asked: held })
})

test('another line’s route finds no matter of this one, whatever else is wrong with what is asked', async () => {
  const m = await plantedCase(w)
  expect(await step(li, m, 'withdraw', { version: 7 })).toMatchObject({ status: 409 })
  expect(await step(li, { ...m, line: 'objection' }, 'withdraw', { version: 7 })).toMatchObject({ status: 404, asked: held })
})
