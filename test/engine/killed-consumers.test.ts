import { expect, test } from 'vitest'
import { killConsumers } from '#test/kills/killed-consumers.ts'
import { place } from './crash-place.ts'

const testUrl = process.env['TEST_DATABASE_URL']
const kills = Number(process.env['CRASH_ROUNDS'] ?? 4)
const within = { timeout: 60_000 + kills * 20_000 }
const restMs = 150

test('the sums are those of the log, nothing lost or counted twice, however often whoever counts is killed', within, async () => {
  await using at = await place()
  const outcome = await killConsumers(at, 'together', { kills, restMs })
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, flaws: [] })
  expect(outcome.written).toBeGreaterThan(kills * 100)
})

// The embedded database takes seconds to open after each kill: `npm run prove consumers` tries it there.
test.runIf(testUrl)(
  'a twin whose watermark moves apart from its result counts twice: so the test above can fail',
  { timeout: 180_000 },
  async () => {
    let doubled = 0
    // Whether one is killed between the two is chance: where none was, there is another go.
    for (let go = 0; go < 5 && !doubled; go++) {
      await using at = await place()
      doubled = (await killConsumers(at, 'apart', { kills: 4, restMs })).doubled
    }
    expect(doubled).toBeGreaterThan(0)
  },
)
