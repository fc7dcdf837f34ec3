import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Rooms that serve every service and know none: what they say of one would be wrong of the next. */
const rooms = [
  'src/kernel',
  'src/parts',
  'src/platform',
  'src/engine',
  'src/records',
  'src/indicators',
  'src/api',
  'web/portal/frame',
  'web/workbench/frame',
]

/** Every service, statute and body named in code or in a text of a room that knows none; comments may say where a rule comes from. Empty when all is well. */
export async function namings(root: string): Promise<string[]> {
  const names = await namesIn(root)
  const found = await Promise.all(
    (await filesIn(root, rooms)).map(async (file) => namedIn(file, await readFile(join(root, file), 'utf8'), names)),
  )
  return found.flat()
}

/** Lines by their folders; statutes, and kinds of office and of practitioner, as they are declared. */
async function namesIn(root: string): Promise<string[]> {
  const lines = (await readdir(join(root, 'src/lines'), { withFileTypes: true })).filter((one) => one.isDirectory()).map(({ name }) => name)
  const texts = await Promise.all(
    [
      'src/registry/statutes.ts',
      'src/registry/kinds/offices.ts',
      'src/registry/kinds/practitioners.ts',
      ...lines.map((line) => `src/lines/${line}/statutes.ts`),
    ].map((file) => readFile(join(root, file), 'utf8').catch(() => '')),
  )
  const declared = texts.flatMap((text) =>
    [...text.matchAll(/^ {2}([\w\u4e00-\u9fff]+): \{ (?:adopted|(?:title: \{ )?zh: '([^']+)')/gm)].flatMap(([, key = '', title = '']) => [
      key,
      title,
    ]),
  )
  return [...new Set([...lines, ...lines.map(camel), '法律援助', '法援', ...declared])].filter(Boolean)
}

const camel = (key: string): string => key.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

async function filesIn(root: string, folders: readonly string[]): Promise<string[]> {
  const below = folders.map(async (folder) =>
    (await readdir(join(root, folder), { recursive: true }).catch(() => [])).map((file) => join(folder, file)),
  )
  return (await Promise.all(below))
    .flat()
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|samples)\./.test(file))
    .toSorted()
}

function namedIn(file: string, text: string, names: readonly string[]): string[] {
  const code = withoutComments(text)
  const said = names.filter((name) => code.toLowerCase().includes(name.toLowerCase()))
  return said.filter((name) => !said.some((longer) => longer !== name && longer.includes(name))).map((name) => `${file}: names ${name}`)
}

/** What is left of a file once its comments are blanked; a string that looks like one stays. */
const withoutComments = (text: string): string =>
  text.replaceAll(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, literal: string | undefined) => literal ?? ' ',
  )
