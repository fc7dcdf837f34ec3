import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const asking = /process\.env\['TEST_DATABASE_URL'\]/
const importing = /^import\b[^'"]*from '(#test\/|\.{1,2}\/)([^']+)'/gm

/** Those of the test files that come to the database a run is given; no other can be answered otherwise by another engine. Found by following what a test imports, from `test/` and beside it, to what asks for TEST_DATABASE_URL. */
export function onBothEngines(include: readonly string[]): string[] {
  const known = new Map<string, boolean>()
  const asks = (file: string): boolean => {
    const found = known.get(file)
    if (found !== undefined) return found
    known.set(file, false) // for those who import each other
    const text = readFileSync(join(root, file), 'utf8')
    const imported = [...text.matchAll(importing)].map(([, from, path]) =>
      from === '#test/' ? join('test', path ?? '') : join(dirname(file), from ?? '', path ?? ''),
    )
    const its = asking.test(text) || imported.filter((one) => /\.tsx?$/.test(one)).some(asks)
    known.set(file, its)
    return its
  }
  return globSync([...include], { cwd: root })
    .toSorted()
    .filter(asks)
}
