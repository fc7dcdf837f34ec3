import { defineConfig } from 'vitest/config'

/** Journeys in a real browser against the real server. Apart from the suite, since they need Chromium. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: ['test/e2e/told.ts'],
    pool: 'forks',
    // A browser and a database already fill the two cores of the smallest machine we promise.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
