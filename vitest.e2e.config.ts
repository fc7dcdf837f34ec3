import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest, longest first. */
const long = ['desk-pages', 'pages', 'mediation', 'review', 'for-another', 'conflict', 'draft']

/** Lets the long files begin, so that no worker is left alone with one at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turn = ({ moduleId }: TestSpecification) => long.findIndex((name) => moduleId.endsWith(`/${name}.e2e.ts`)) >>> 0
    return files.toSorted((a, b) => turn(a) - turn(b))
  }
}

/** Journeys in a real browser against the real server. Apart from the suite, since they need Chromium. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: ['test/e2e/kit/told.ts'],
    sequence: { sequencer: LongFirst },
    pool: 'forks',
    // Two: while one file's browser draws, the other's server answers, and the smallest machine we promise has two cores.
    maxWorkers: 2,
    testTimeout: 180_000,
    // What comes a moment after a click may take longer on a busy machine than the second Vitest allows.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 180_000,
  },
})
