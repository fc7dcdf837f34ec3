import { setTimeout as pause } from 'node:timers/promises'
import { consumers } from '#api/consumers.ts'
import { openPlatform } from '#api/open-platform.ts'
import { consume, entriesOf, holdWatermark, reachOf, setWatermark, type Consumer } from '#engine/consume.ts'
import { readConfig } from '#platform/config.ts'
import { collectAll } from '#platform/keys/collect.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'

/** How a process consumes: as the service does, or as its twin does, whose watermark moves apart from the result. */
export type Manner = keyof typeof manners

const manners = {
  together: (on: Platform, atOnce: number) => consume(on, consumers, new Date(), { atOnce }),
  async apart(on: Platform, atOnce: number) {
    await collectAll(on, new Date())
    for (const consumer of consumers) while (await advanceApart(on, consumer, atOnce));
  },
}

/** What must not be done: the result stands before its watermark does, long enough for a kill to find them so. */
async function advanceApart(on: Platform, consumer: Consumer, atOnce: number): Promise<boolean> {
  const { after, to } = await as(on, system, new Date(), async (tx) => {
    const held = await holdWatermark(tx, consumer)
    return { after: held, to: await reachOf(tx, held, atOnce) }
  })
  await as(on, system, new Date(), async (tx) => consumer.take(tx, await entriesOf(tx, consumer, { after, to })))
  await pause(20)
  await as(on, system, new Date(), (tx) => setWatermark(tx, consumer, to))
  return to > after
}

/** Consumes without end over the data folder and database of the environment; `began` is told when all is open. */
export async function consumeAs(manner: string, atOnce: number, began: () => void): Promise<never> {
  const on = await openPlatform(readConfig(process.env), Date.now)
  const go = manners[manner as Manner] // the test names one
  began()
  for (;;) {
    await go(on, atOnce)
    await pause(5)
  }
}
