import { fileURLToPath } from 'node:url'
import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config'

/** Where the suite is: beside what it is about, and under `test/` what is about all of it. */
export const files = [
  'src/**/*.test.ts',
  'src/**/*.test.tsx',
  'web/**/*.test.tsx',
  'web/**/*.test.ts',
  'seed/*.test.ts',
  'test/**/*.test.ts',
]

/** What is asked of whatever lines there are, is asked of the registered ones and a rehearsed one together. */
const rehearsed = [
  'test/every-line/*.test.ts',
  'test/lines/rehearsal/*.test.ts',
  'src/kernel/journey/journey.test.ts',
  'src/kernel/limits/clocks.test.ts',
  'src/kernel/papers.test.ts',
  'src/kernel/proof/prove.test.ts',
  'test/desk/desk-words.test.ts',
  'test/desk/whose-move.test.ts',
  'test/engine/effects.test.ts',
  'test/house/generated.test.ts',
  'test/house/service.test.ts',
]

/** Whole processes killed, restored and started again, apart from the suite since they take as long as a fifth of it: `npm run drills`, and on PostgreSQL with the rest. */
export const drills = [
  'src/platform/files/data-lock.test.ts',
  ...['backup', 'crash', 'killed-consumers'].map((name) => `test/engine/${name}.test.ts`),
]

/** Gives a whole process the list with the rehearsed line, as `test/rehearsing.ts` does outside of tests. */
const rehearsing = { alias: { '#lines/services.ts': fileURLToPath(new URL('test/lines/rehearsal/services.ts', import.meta.url)) } }

export const common: TestProjectInlineConfiguration['test'] = {
  globalSetup: ['test/prepare.ts'],
  setupFiles: ['test/setup.ts'],
  pool: 'forks',
  // One module graph, and one compiled database, for all the files of a worker: no module keeps state that a world could leak into another.
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

/** The suite, or of its files those that `chosen` leaves; without those `apart`. */
export const suite = (chosen: (include: readonly string[]) => string[], apart: readonly string[] = []): ViteUserConfig => {
  const projects: TestProjectInlineConfiguration[] = [
    { test: { ...common, name: 'house', include: chosen(files), exclude: ['node_modules/**', ...rehearsed, ...apart] } },
    { resolve: rehearsing, test: { ...common, name: 'rehearsal', include: chosen(rehearsed) } },
  ]
  // Two: PGlite takes a core of its own, and the smallest machine we promise has two.
  return defineConfig({ test: { maxWorkers: 2, projects } })
}

export default suite((include) => [...include], drills)
