import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What stands in the lock file of one package, as far as it is asked. */
type Locked = { version?: string; integrity?: string; resolved?: string; license?: string; hasInstallScript?: boolean; link?: boolean }
type Manifest = { allowScripts?: Record<string, boolean>; optionalDependencies?: Record<string, string> }

/** Terms under which a public body may run and hand on the whole: they ask for a notice, or for changes to the package itself (docs/decisions/0039-supply.md). */
const licences: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'MPL-2.0',
  'LGPL-3.0-or-later',
])

/** What of the packages we run would come unchecked, would run at install time unnamed, or may not be handed on. Empty when all is well. */
export async function supplyFlaws(root: string): Promise<string[]> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(root, name), 'utf8'))
  const { packages } = (await read('package-lock.json')) as { packages: Record<string, Locked> } // npm's own format
  return flawsOf((await read('package.json')) as Manifest, packages) // likewise
}

/** The same of a manifest and what its lock file lists. */
export function flawsOf({ allowScripts = {}, optionalDependencies = {} }: Manifest, packages: Readonly<Record<string, Locked>>): string[] {
  const all = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link)
  const named = all.map(([path, locked]) => ({ name: path.split('node_modules/').at(-1) ?? path, ...locked }))
  const running = named.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name)
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name])
  const runtimes = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'))
  return [
    ...named.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(({ name }) => `${name} is not pinned by a sha512`),
    ...named
      .filter(({ resolved }) => resolved !== undefined)
      .map(({ name, resolved }) => `${name} comes from ${resolved}, not from the registry`),
    ...running
      .filter((name) => !allowed.includes(name))
      .map((name) => `${name} runs a script when it is installed, and is not allowed to (allowScripts)`),
    ...allowed
      .filter((name) => !running.includes(name))
      .map((name) => `${name} may run a script when it is installed, and has none (allowScripts)`),
    ...named
      .filter(({ license }) => !isOpen(license))
      .map(({ name, license }) => `${name} comes under ${license ?? 'no licence that it tells'}`),
    ...(new Set(runtimes.map(([, version]) => version)).size === 1 ? [] : ['the runtime is not of one version on every system']),
  ]
}

/** Of a choice one must be ours to take, of a sum all. */
const isOpen = (licence = ''): boolean =>
  licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => licences.has(one)))

if (process.argv[1] === import.meta.filename) {
  const flaws = await supplyFlaws(join(import.meta.dirname, '..'))
  for (const flaw of flaws) process.stderr.write(`${flaw}\n`)
  process.exitCode = flaws.length ? 1 : 0
}
