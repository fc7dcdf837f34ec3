import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startService } from '#test/service.ts'
import { spread, type Spread } from './spread.ts'

/** Seconds from starting the process to its first page, on the embedded database: with an empty folder, and once the folder is there. */
export type StartFigures = { cold: Spread; warm: Spread }

/** Starts and kills the service `rounds` times on new folders, and as often again on each. */
export async function benchStart(rounds: number): Promise<StartFigures> {
  const times: { cold: number; warm: number }[] = []
  for (let round = 0; round < rounds; round++) times.push(await coldAndWarm())
  return { cold: spread(times.map(({ cold }) => cold)), warm: spread(times.map(({ warm }) => warm)) }
}

async function coldAndWarm(): Promise<{ cold: number; warm: number }> {
  const dir = await mkdtemp(join(tmpdir(), 'fh-start-'))
  try {
    return { cold: await secondsToFirstPage(dir), warm: await secondsToFirstPage(dir) }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function secondsToFirstPage(dir: string): Promise<number> {
  const service = await startService(dir)
  try {
    return (await service.answers()) / 1000
  } finally {
    await service.kill()
  }
}
