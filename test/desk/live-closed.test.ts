import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { confine } from '#records/privacy/confinement.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { listen, listening, topicOf } from './listening.ts'

const { wang, guo, liu, bai } = cast

let w: World
let app: FastifyInstance
let url: string
beforeAll(async () => {
  w = await world()
  app = await site(w)
  url = await listening(app)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const confines = (m: Matter, ...accounts: string[]) =>
  w.run(guo, (tx) => confine(tx, m, { accounts, because: 'danger', reason: '对方在找她。' }))
const opens = async (m: Matter, who: typeof wang) => listen(url, await signedIn(w, app, who), [topicOf(m)])

/** What a page hears until its stream ends, or until a change is told to it. */
async function untilToldOrOver(page: Awaited<ReturnType<typeof opens>>): Promise<'told' | 'over'> {
  for (;;) {
    const heard = await page.next()
    if (!heard || heard.event === 'changed') return heard ? 'told' : 'over'
  }
}

test('an open page of a matter ends for whoever is not named when it is confined, and goes on for whoever is', async () => {
  const m = await w.filed()
  for (const who of [wang, guo, bai]) await signedIn(w, app, who)
  const [named, other] = [await opens(m, wang), await opens(m, liu)]
  for (const page of [named, other]) await page.next()
  await confines(m, wang.id)
  expect([await untilToldOrOver(other), await untilToldOrOver(named)]).toEqual(['over', 'told'])
  named.close()
})

test('it ends for whoever is named no longer, when others are named in their place', async () => {
  const m = await w.filed()
  for (const who of [wang, guo, liu]) await signedIn(w, app, who)
  await confines(m, wang.id)
  const [left, stays] = [await opens(m, wang), await opens(m, guo)]
  for (const page of [left, stays]) await page.next()
  await confines(m, liu.id)
  expect([await untilToldOrOver(left), await untilToldOrOver(stays)]).toEqual(['over', 'told'])
  stays.close()
})
