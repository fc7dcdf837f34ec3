import { cp, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Text } from '#kernel/line.ts'
import { sampleLine } from './new-line/template/sample-line.line.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const template = fileURLToPath(new URL('new-line/template', import.meta.url))

/** What a new line is called: its key (`village-visit`), its Chinese and English titles, and the character that stands in the numbers of its files. */
type Names = { key: string; title: Text; fileWord: string }

/** What the template says, and what a line of these names says instead. */
const wordsOf = ({ key, title, fileWord }: Names): [string, string][] => {
  const camel = key.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  return [
    ['sample-line', key],
    ['sampleLine', camel],
    ['SampleLine', camel[0]?.toUpperCase() + camel.slice(1)],
    ['样本服务', title.zh],
    ['Sample service', title.en],
    ["numbered: '样'", `numbered: '${fileWord}'`],
    ['演示样1号', `演示${fileWord}1号`],
  ]
}

const renamed = (text: string, words: readonly [string, string][]): string =>
  words.reduce((said, [from, to]) => said.replaceAll(from, to), text)

/** Makes a line that passes every test of every line, to be made one's own: its folder, its line in the list, its words in the glossary and what tests know of it. Returns the files written. Throws where a line of that key stands, before anything is written. */
export async function newLine(names: Names, at: string = root): Promise<string[]> {
  const folder = join('src/lines', names.key)
  const scenes = join('test/lines', `${names.key}.ts`)
  for (const path of [folder, scenes]) if (await exists(join(at, path))) throw new Error(`${path} stands already`)
  const words = wordsOf(names)
  await cp(template, join(at, folder), { recursive: true })
  await rename(join(at, folder, 'scenes.ts'), join(at, scenes))
  for (const file of await readdir(join(at, folder), { recursive: true }))
    if (file.startsWith('sample-line')) await rename(join(at, folder, file), join(at, folder, renamed(file, words)))
  const made = (await readdir(join(at, folder), { recursive: true }))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
  for (const file of [...made, scenes]) await edit(join(at, file), (text) => renamed(text, words))
  await edit(join(at, 'src/lines/services.ts'), (text) => listed(text, renamed('sampleLine', words), names.key))
  await edit(join(at, 'docs/glossary.md'), (text) => worded(text, renamed(glossary(), words)))
  return [...made, scenes, 'src/lines/services.ts', 'docs/glossary.md']
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, change(await readFile(path, 'utf8')))
}

/** The list with one service more, at its end. */
const listed = (text: string, service: string, key: string): string =>
  text
    .replace(/\n\n\/\*\*/, `\nimport { ${service} } from './${key}/world/service.ts'\n\n/**`)
    .replace(/catalogueOf\(\[(.*)\]\)/, `catalogueOf([$1, ${service}])`)

/** The line's words as the glossary lists them. */
function glossary(): string {
  const { states, actions, limits, documents } = sampleLine
  const parts: Record<string, Readonly<Record<string, { title: Text }>>> = {
    States: states,
    Actions: actions,
    Limits: limits,
    Documents: documents,
  }
  const tables = Object.entries(parts).map(([part, named]) => {
    const rows = Object.entries(named).map(([id, { title }]) => `| \`${id}\` | ${title.zh} | ${title.en} |`)
    return [`| ${part} | 中文 | English |`, '| --- | --- | --- |', ...rows].join('\n')
  })
  return ['## `sample-line` 样本服务', 'Where: `src/lines/sample-line/`.', ...tables].join('\n\n')
}

/** The glossary with a section more, after that of the last line. */
function worded(text: string, section: string): string {
  const sections = text.split(/^(?=## )/m)
  const last = sections.findLastIndex((one) => one.startsWith('## `'))
  return sections.toSpliced(last + 1, 0, `${section}\n\n`).join('')
}

/** A character of the title that numbers no file yet, so that two services never draw from one count. */
async function fileWordFor(title: string): Promise<string> {
  const { lines } = await import('#lines/services.ts')
  const taken = JSON.stringify(lines.flatMap(({ numbered, actions }) => [numbered, ...Object.values(actions).map((one) => one.numbered)]))
  const free = [...title].find((one) => /\p{Script=Han}/u.test(one) && !taken.includes(one))
  if (!free) throw new Error(`every character of “${title}” numbers files already: choose another title`)
  return free
}

const usage = `npm run new-line KEY [中文名] [English title]
  KEY  lower case with hyphens, for example village-visit`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [key = '', zh = '新的服务', en = 'A new service'] = process.argv.slice(2)
  if (!/^[a-z]+(-[a-z]+)*$/.test(key) || /['`]/.test(zh + en)) {
    console.error(usage)
    process.exitCode = 2
  } else {
    const files = await newLine({ key, title: { zh, en }, fileWord: await fileWordFor(zh) })
    console.log(
      `${files.join('\n')}\n\nIt passes \`npm test\` as it stands. Now make it yours: states, actions, questions, limits, statutes.`,
    )
  }
}
