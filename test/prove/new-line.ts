import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Makes a line with `npm run new-line` in a copy of the repository and runs the checks and the whole suite over it, untouched. */
export async function prove(): Promise<boolean> {
  const copy = mkdtempSync(join(tmpdir(), 'fahui-new-line-'))
  try {
    for (const file of execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      cpSync(join(root, file), join(copy, file))
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const steps = [
      ['run', '-s', 'new-line', 'village-visit', '村居走访', 'Village visit'],
      ['run', '-s', 'build'],
      ['run', '-s', 'check'],
      ['test'],
    ]
    return steps.every((step) => spawnSync('npm', step, { cwd: copy, stdio: 'inherit' }).status === 0)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
