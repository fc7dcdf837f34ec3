import { defineConfig } from 'vitest/config'

/** Where the suite is: beside what it is about, and under `test/` what is about all of it. */
export const files = [
  'src/**/*.test.ts',
  'src/**/*.test.tsx',
  'web/**/*.test.tsx',
  'web/**/*.test.ts',
  'seed/*.test.ts',
  'test/**/*.test.ts',
]

export default defineConfig({
  test: {
    include: files,
    globalSetup: ['test/prepare.ts'],
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    // One module graph, and one compiled database, for all the files of a worker: no module keeps state that a world could leak into another.
    isolate: false,
    // Two: PGlite takes a core of its own, and the smallest machine we promise has two.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
