import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { namings } from './check-names.ts'

/** A part of the house. `own`: a file may import its own folder only, not its siblings. `pure`: no input or output, so no package but these. */
type Part = { at: RegExp; may: readonly string[]; own?: true; pure?: readonly string[] }

const platform = ['platform', 'messages']
const engine = [...platform, 'engine']
/** What a line's impure part and the rooms above it stand on. */
const below = ['kernel', 'part', 'registry', ...engine, 'records', 'indicators']

/** kernel ← parts ← lines (pure); kernel ← platform ← engine ← records ← lines/*\/world ← api ← commands ← main. The first pattern that fits says what a file is; each part may import itself and those named. */
const parts: Record<string, Part> = {
  test: { at: /^test\/|\.(test|samples)\.tsx?$/, may: ['*'] },
  tool: { at: /^tools\/|^[\w.]+\.ts$/, may: ['*'] },
  kernel: { at: /^src\/kernel\//, may: [], pure: ['zod', 'temporal-polyfill'] },
  part: { at: /^src\/parts\//, may: ['kernel'], pure: ['zod'] },
  // What is declared of statutes, offices and people: the only place below the lines that names one.
  registry: { at: /^src\/registry\//, may: ['kernel'], pure: ['zod'] },
  schema: { at: /^db\//, may: [] },
  // The one door from the portal into the platform: words, dates and money.
  messages: { at: /^src\/platform\/messages\/(messages|languages)\.ts$/, may: ['kernel', 'platform'] },
  platform: { at: /^src\/platform\//, may: ['kernel', 'schema', 'messages'] },
  engine: { at: /^src\/engine\//, may: ['kernel', ...platform] },
  records: { at: /^src\/records\//, may: ['kernel', 'part', 'registry', ...engine] },
  indicators: { at: /^src\/indicators\//, may: ['kernel', 'part', ...engine] },
  // What a service is, and what is read off a list of them.
  service: { at: /^src\/lines\/(service|catalogue)\.ts$/, may: below },
  // The one list: nothing but it names a line from outside the line's folder.
  services: { at: /^src\/lines\/services\.ts$/, may: [...below, 'service', 'world'] },
  // What a line does to the world, and the object that is its service.
  world: { at: /^src\/lines\/[^/]+\/world\//, may: [...below, 'service', 'line'], own: true },
  line: { at: /^src\/lines\/[^/]+\//, may: ['kernel', 'part', 'registry'], own: true, pure: ['zod'] },
  // The command line stands on the API, and between them the people and matters a trial is shown with.
  command: { at: /^src\/api\/(commands\/|seeding\.ts$)/, may: [...below, 'service', 'services', 'api', 'seed'] },
  seed: { at: /^seed\//, may: [...below, 'service', 'services', 'world', 'line', 'api'] },
  api: { at: /^src\/api\//, may: [...below, 'service', 'services', 'portal'] },
  main: { at: /^src\/main\.ts$/, may: [...engine, 'command'] },
  // What runs in the citizen's browser has nothing of the server's.
  script: { at: /^web\/portal\/script\//, may: [], pure: [] },
  portal: { at: /^web\/portal\//, may: ['kernel', 'part', 'registry', 'messages'] },
  client: { at: /^web\/client\//, may: [] },
  workbench: { at: /^web\/workbench\//, may: ['client'] },
}

/** Lines that may read another's folder: defence on notice is legal aid without an application, and sends the same people by the same rules. */
const neighbours: Readonly<Record<string, readonly string[]>> = { 'criminal-notice': ['legal-aid'] }
const junk = /(^|\/)(utils|helpers|types|index)\.tsx?$/
const allowedJunk = new Set(['db/types.ts'])
const importing = /^\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/gm

/** Every import that goes against the dependency rule, every file whose name says nothing, every cycle between folders or files, and every service, statute or body named where none is known. Empty when all is well. */
export async function breaches(root: string): Promise<string[]> {
  const { imports: aliases } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { imports: Record<string, string> } // package.json is ours
  const files = await filesOf(root)
  const edges: [string, string][] = []
  const found = files.filter((file) => junk.test(file) && !allowedJunk.has(file)).map((file) => `${file}: name the thing, not its shape`)
  for (const file of files) {
    for (const [, from, bare] of (await readFile(join(root, file), 'utf8')).matchAll(importing)) {
      const target = from ?? bare ?? ''
      const to = resolve(file, target, aliases)
      if (to) edges.push([file, to])
      if (to ? !mayImport(file, to) : !mayUse(file, target)) found.push(`${file} (${partOf(file)}) may not import ${target}`)
    }
  }
  return [...found, ...cycles(edges), ...(await namings(root))]
}

async function filesOf(root: string): Promise<string[]> {
  const folders = (await readdir(root)).filter((name) => /^(src|web|test|tools|seed|db)$/.test(name))
  const below = await Promise.all(
    folders.map(async (name) => (await readdir(join(root, name), { recursive: true })).map((file) => join(name, file))),
  )
  return [...(await readdir(root)), ...below.flat()].filter((file) => /\.tsx?$/.test(file)).toSorted()
}

function resolve(file: string, target: string, aliases: Record<string, string>): string | undefined {
  if (target.startsWith('.')) return join(dirname(file), target)
  const [alias, path] = Object.entries(aliases).find(([key]) => target.startsWith(key.slice(0, -1))) ?? []
  return alias && path ? join(path.slice(0, -1), target.slice(alias.length - 1)) : undefined
}

/** A file outside every part may import nothing, so that it is found. */
const nothing: Part = { at: /^$/, may: [] }

const partOf = (file: string): string => Object.keys(parts).find((name) => parts[name]?.at.test(file)) ?? 'no part of the house'

function mayImport(file: string, to: string): boolean {
  const [from, target] = [partOf(file), partOf(to)]
  const { may, own } = parts[from] ?? nothing
  const isKnown = from === target || may.includes('*') || may.includes(target)
  return isKnown && (!own || lineIn(to) === undefined || isOwn(lineIn(file), lineIn(to)))
}

/** The line in whose folder a file lies. */
const lineIn = (file: string): string | undefined => /^src\/lines\/([^/]+)\//.exec(file)?.[1]

const isOwn = (line: string | undefined, other: string | undefined): boolean =>
  line === other || (other !== undefined && (neighbours[line ?? ''] ?? []).includes(other))

const mayUse = (file: string, target: string): boolean => {
  const { pure } = parts[partOf(file)] ?? {}
  return !pure || pure.includes(target)
}

/** A line's pure part is a folder of its own, so is its part in the world, the one list, and the command line; elsewhere what counts is the folder under src, web or seed. */
const folderOf = (file: string): string =>
  partOf(file) === 'command'
    ? 'src/api/commands'
    : partOf(file) === 'services'
      ? file
      : (/^src\/lines\/[^/]+\/world(?=\/)|^src\/lines\/[^/]+(?=\/)|^[^/]+\/[^/]+(?=\/)|^[^/]+/.exec(file)?.[0] ?? file)

type Edge = readonly [from: string, to: string]

/** Cycles between folders, and between files: what imports itself by way of others cannot be read or tested without them, be it for a type. */
function cycles(edges: readonly Edge[]): string[] {
  const served = edges.filter(([file]) => !/test|tool/.test(partOf(file)))
  const folders = served.map(([from, to]): Edge => [folderOf(from), folderOf(to)]).filter(([from, to]) => from !== to)
  return [
    ...ringsIn(folders).map(([folder]) => `${folder}: imports itself by way of other folders`),
    ...ringsIn(served).map(([file, others]) => `${file}: imports itself by way of ${others.join(', ') || 'itself'}`),
  ]
}

/** Whatever leads back to itself, each with the others on its way. */
function ringsIn(edges: readonly Edge[]): [string, string[]][] {
  const next = Map.groupBy(edges, ([from]) => from)
  const reach = (from: string): Set<string> => {
    const seen = new Set((next.get(from) ?? []).map(([, to]) => to))
    for (const one of seen) for (const [, to] of next.get(one) ?? []) seen.add(to)
    return seen
  }
  const reached = new Map([...next.keys()].map((one) => [one, reach(one)]))
  return [...reached].flatMap(([one, others]) =>
    others.has(one) ? [[one, [...others].filter((other) => other !== one && reached.get(other)?.has(one)).toSorted()]] : [],
  )
}

if (import.meta.main) {
  const found = await breaches(process.cwd())
  process.stdout.write(
    found.length
      ? `${found.join('\n')}\n${found.length} breaches of the dependency rule (ARCHITECTURE.md)\n`
      : 'imports: every file keeps to the dependency rule\n',
  )
  process.exitCode = found.length ? 1 : 0
}
