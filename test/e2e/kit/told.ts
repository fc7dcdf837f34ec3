import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { tellDemo } from './service.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder of the service in which the demo has been told to its end. */
    told: string
  }
}

/** Tells the demo once for all files of a run: each begins on a copy, so that none sees what another did. */
export default async function tellOnce(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'fahui-told-'))
  await tellDemo(dir)
  project.provide('told', dir)
  return () => rm(dir, { recursive: true, force: true })
}
