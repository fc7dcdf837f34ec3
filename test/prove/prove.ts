import '#platform/http/tsx.ts'

/** Longer versions of what the suite shows, each printing what it found: `npm run prove two-servers`, `npm run prove kills 200`. */
const proofs: Readonly<Record<string, () => Promise<{ prove(args: readonly string[]): Promise<boolean> }>>> = {
  'new-line': () => import('./new-line.ts'),
  accounts: () => import('./accounts.ts'),
  'two-servers': () => import('./two-servers.ts'),
  'hostile-forms': () => import('./hostile-forms.ts'),
  'large-forms': () => import('./large-forms.ts'),
  tampering: () => import('./tampering.ts'),
  restore: () => import('./restore.ts'),
  kills: () => import('./kills.ts'),
  consumers: () => import('./consumers.ts'),
}

const [name = '', ...args] = process.argv.slice(2)
const load = proofs[name]
if (!load) process.stderr.write(`npm run prove <proof>\n${Object.keys(proofs).join('\n')}\n`)
const isProved = load ? await (await load()).prove(args) : false
process.exitCode = isProved ? 0 : 1
