import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breaches } from '../../tools/check-imports.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let copy = ''

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'fahui-imports-'))
  for (const part of ['src', 'package.json']) await cp(join(root, part), join(copy, part), { recursive: true })
})
afterAll(() => rm(copy, { recursive: true, force: true }))

/** What is found once these files stand in a copy of the house. */
async function withFiles(files: Record<string, string>): Promise<string[]> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await writeFile(join(copy, file), text)
  }
  const found = await breaches(copy)
  for (const file of Object.keys(files)) await rm(join(copy, file))
  return found
}

test('the house as it stands keeps to the dependency rule', async () => {
  expect(await breaches(root)).toEqual([])
})

test.each([
  ['the kernel may not reach into the platform', 'src/kernel/leak.ts', `import type { Tx } from '#platform/tx.ts'\n`],
  ['the kernel does no input or output', 'src/kernel/disk.ts', `import { readFile } from 'node:fs/promises'\n`],
  ['the platform knows no line', 'src/platform/leak.ts', `import { lines } from '#lines/services.ts'\n`],
  ['the records know no line', 'src/records/leak.ts', `import { lines } from '#lines/services.ts'\n`],
  [
    'a room of the API reads the one list, and no line',
    'src/api/line.ts',
    `import { legalAid } from '#lines/legal-aid/world/service.ts'\n`,
  ],
  [
    'what a line does to the world keeps to its own folder too',
    'src/lines/objection/world/peer.ts',
    `import { aid } from '../../legal-aid/finding.ts'\n`,
  ],
  ['what a line declares does not lean on what it does', 'src/lines/objection/lean.ts', `import { opening } from './world/objecting.ts'\n`],
  ['a line declares and touches nothing', 'src/lines/objection/leak.ts', `import { act } from '#engine/act.ts'\n`],
  ['a line keeps to its own folder', 'src/lines/objection/peer.ts', `import { aid } from '../legal-aid/finding.ts'\n`],
  ['records may not reach into indicators', 'src/records/leak.ts', `export { fact } from '#indicators/indicator.ts'\n`],
  ['the portal takes words from the platform and nothing else', 'web/portal/leak.tsx', `import type { Tx } from '#platform/tx.ts'\n`],
  [
    'the workbench knows the server by its generated types alone',
    'web/workbench/leak.ts',
    `import { no } from '../../src/kernel/refusal.ts'\n`,
  ],
  ['the API does not lean on its commands', 'src/api/lean.ts', `import { seedAll } from './seeding.ts'\n`],
  ['nothing that is served imports a test', 'src/api/leak.ts', `const late = () => import('../records/people.test.ts')\n`],
  ['a file with no part of the house to belong to is found', 'src/misc/thing.ts', `import { no } from '#kernel/refusal.ts'\n`],
])('%s', async (_, file, text) => {
  expect((await withFiles({ [file]: text })).filter((one) => one.startsWith(`${file} (`))).toHaveLength(1)
})

test('a name that says nothing is named', async () => {
  expect(await withFiles({ 'src/records/utils.ts': 'export const one = 1\n' })).toEqual([
    'src/records/utils.ts: name the thing, not its shape',
  ])
})

test('two folders that import each other are found, also where one of the imports is allowed', async () => {
  const leans = { 'src/lines/legal-aid/leans.ts': `import { grounds } from '../criminal-notice/criminal-notice.line.ts'\n` }
  const reads = { 'src/lines/criminal-notice/reads.ts': `import { aid } from '../legal-aid/finding.ts'\n` }
  expect(await withFiles(reads)).toEqual([])
  expect(await withFiles({ ...reads, ...leans })).toEqual(
    expect.arrayContaining([
      'src/lines/criminal-notice: imports itself by way of other folders',
      'src/lines/legal-aid: imports itself by way of other folders',
    ]),
  )
})
