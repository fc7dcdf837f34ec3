import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

let copy: string
let before: string[]
/** What a line's own commit touches, from the list of the files that changed. */
let touched: string[]

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'fahui-new-line-'))
  const { stdout } = await run('git', ['ls-files', '-z', '--', 'src', 'test', 'tools', 'docs', 'package.json'], { cwd: root })
  before = stdout.split('\0').filter(Boolean)
  for (const file of before) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(join(root, file), join(copy, file))
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  const { stdout: said } = await run(process.execPath, ['tools/new-line.ts', 'village-visit', '村居走访', 'Village visit'], { cwd: copy })
  touched = said.slice(0, said.indexOf('\n\n')).split('\n')
})
afterAll(() => rm(copy, { recursive: true, force: true }))

test('a new line touches its folder, the list, the glossary and one file of scenes, and nothing else', async () => {
  const outside = touched.filter((file) => !file.startsWith('src/lines/village-visit/'))
  expect(outside).toEqual(['test/lines/village-visit.ts', 'src/lines/services.ts', 'docs/glossary.md'])
  for (const file of before.filter((file) => !outside.includes(file)).slice(0, 200))
    expect(await readFile(join(copy, file), 'utf8'), file).toBe(await readFile(join(root, file), 'utf8'))
})

test('nothing of it is called as the template is', async () => {
  for (const file of touched) expect(await readFile(join(copy, file), 'utf8'), file).not.toMatch(/sample|样本/i)
})

test('the list holds it last, its files are numbered by a character that numbers no other, and it has no flaw', async () => {
  const asked = `
    import { services } from '#lines/services.ts'
    import { flaws } from '#kernel/proof/prove.ts'
    const { line } = services.at(-1)
    console.log(JSON.stringify({ key: line.key, title: line.title, numbered: line.actions.submit.numbered, flaws: flaws(line) }))`
  const { stdout } = await run(process.execPath, ['--import', './src/platform/http/tsx.ts', '--input-type=module', '-e', asked], {
    cwd: copy,
  })
  expect(JSON.parse(stdout)).toEqual({ key: 'village-visit', title: { zh: '村居走访', en: 'Village visit' }, numbered: '村', flaws: [] })
})

test('a key that stands already, or is none, is refused and nothing is written', async () => {
  const tell = (...args: string[]) => run(process.execPath, ['tools/new-line.ts', ...args], { cwd: copy })
  await expect(tell('village-visit', '再来一次')).rejects.toThrow('stands already')
  await expect(tell('Village Visit')).rejects.toMatchObject({ code: 2 })
})
