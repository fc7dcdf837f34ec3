import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Place } from '#test/engine/crash-place.ts'
import { startService } from '#test/service.ts'
import { onEachEngine } from './on-each-engine.ts'
import { busy, megabytes, residentBytes, untilIdle, watchMemory } from './process-figures.ts'
import { visitor, type Answered } from './visitor.ts'

/** Issue 9: eight people whom nobody knows each send 240 MB at once; the service grows by 100 MB at most, and gives it back. */
const asked = { people: 8, files: 10, fileBytes: 24 * 1024 ** 2, growthBytes: 100 * 1024 ** 2, secondsAfter: 30 }

/** On both databases, the argument `pglite` or `postgres` on that one alone. */
export const prove = ([only = 'both']: readonly string[]): Promise<boolean> => onEachEngine(only, proveAt)

async function proveAt(engine: string, at: Place): Promise<boolean> {
  const service = await startService(at.dir, at.url)
  try {
    await service.answers()
    await untilIdle(service.pid)
    const people = Array.from({ length: asked.people }, (_, n) => visitor(service.origin, `127.0.1.${n + 1}`))
    const drafts = await Promise.all(people.map((one) => one.begin()))
    // Once for each, so that what is loaded at the first file is not counted.
    await people[0]!.post(`${drafts[0]}/add/evidence`, formOf(1, 2000)) // there are eight
    await untilIdle(service.pid)
    const [before, load] = [await residentBytes(service.pid), busy()]
    const memory = watchMemory(service.pid)
    const began = performance.now()
    const answers = await Promise.all(people.map((one, n) => one.post(`${drafts[n]}/add/evidence`, formOf(asked.files, asked.fileBytes))))
    const seconds = Math.round((performance.now() - began) / 1000)
    const growth = memory.most() - before
    memory.end()
    await untilIdle(service.pid)
    const after = (await leastAfter(service.pid)) - before
    const figures = {
      engine,
      load,
      before: megabytes(before),
      grewBy: megabytes(growth),
      stillMoreBy: megabytes(after),
      seconds,
      statuses: tally(answers),
    }
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
    return growth <= asked.growthBytes && after <= asked.growthBytes / 2
  } finally {
    await service.stop()
  }
}

/** What it holds once it has had time to give back. */
async function leastAfter(pid: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let second = 0; second < asked.secondsAfter; second++) {
    least = Math.min(least, await residentBytes(pid))
    await pause(1000)
  }
  return least
}

const tally = (answers: readonly Answered[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, all]) => [status, all?.length ?? 0]))

const head = (n: number) =>
  Buffer.from(
    `--b\r\ncontent-disposition: form-data; name="file"; filename="${n}.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<<>>stream\n`,
  )
const tail = Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n\r\n')
const end = Buffer.from('--b--\r\n')

/** Papers of any bytes, no two alike; made as they are sent. */
function formOf(files: number, bytes: number) {
  const piece = Math.min(bytes, 1024 ** 2)
  const fill = Math.ceil(bytes / piece)
  const length = Array.from({ length: files }, (_, n) => head(n).length + fill * piece + tail.length).reduce(
    (sum, one) => sum + one,
    end.length,
  )
  function* all(): Generator<Buffer> {
    for (let n = 0; n < files; n++) {
      yield head(n)
      const random = randomBytes(piece)
      for (let part = 0; part < fill; part++) yield random
      yield tail
    }
    yield end
  }
  return { type: 'multipart/form-data; boundary=b', bytes: all(), length }
}
