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
  await rm(join(copy, 'src/lines/notary-act'), { recursive: true, force: true })
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

test.each([
  ['a statute, in a text of the kernel', 'src/kernel/leak.ts', `export const why = '依照《个人信息保护法》办理'\n`, '个人信息保护法'],
  ['a service, by its key', 'src/engine/leak.ts', `export const isOurs = (line: string) => line === 'legal-aid'\n`, 'legal-aid'],
  ['a service, in the name of a thing', 'src/records/leak.ts', `export const legalAidRows = 1\n`, 'legalAid'],
  ['a body, in a word of the platform', 'src/platform/messages/leak.ts', `export const to = { zh: '交给司法局' }\n`, '司法局'],
  ['a kind of office', 'src/parts/leak.ts', `export const at = { kind: 'justiceBureau' }\n`, 'justiceBureau'],
  [
    'a service, in a room of the API',
    'src/api/matter/leak.ts',
    `export const is = (key: string) => key === 'data-request'\n`,
    'data-request',
  ],
  ['a kind of practitioner, in a frame', 'web/workbench/frame/leak.tsx', `export const Hint = () => <p>请找律师</p>\n`, '律师'],
])('no room that serves every service names %s', async (_, file, text, name) => {
  expect(await withFiles({ [file]: text })).toEqual([`${file}: names ${name}`])
})

test('a comment may say from which statute a rule of general law comes', async () => {
  const told = `/** Explained on request (个人信息保护法 art. 24). */\nexport const one = 1 // 民法典 art. 203\n`
  expect(await withFiles({ 'src/kernel/told.ts': told })).toEqual([])
})

test('what a new service declares may from then on be named nowhere else', async () => {
  const declares = {
    'src/lines/notary-act/statutes.ts': `export const statutes = {\n  公证法: { adopted: '2017-09-01', inForce: '2018-01-01', short: 'Notary Law' },\n} as const\n`,
  }
  const names = { 'src/kernel/names.ts': `export const law = '公证法'\nexport const notaryAct = 1\n` }
  expect(await withFiles({ ...declares, ...names })).toEqual(['src/kernel/names.ts: names notaryAct', 'src/kernel/names.ts: names 公证法'])
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

test('two files that import each other are found, be it for a type alone and in one folder', async () => {
  const seat = { 'src/kernel/place.ts': `import type { Row } from './row.ts'\nexport type Place = { row: Row }\n` }
  const row = { 'src/kernel/row.ts': `export type { Place } from '#kernel/place.ts'\nexport type Row = { of: string }\n` }
  expect(await withFiles(seat)).toEqual([])
  expect(await withFiles({ ...seat, ...row })).toEqual([
    'src/kernel/place.ts: imports itself by way of src/kernel/row.ts',
    'src/kernel/row.ts: imports itself by way of src/kernel/place.ts',
  ])
})
