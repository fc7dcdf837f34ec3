import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { v7 } from 'uuid'
import { underLease } from '#engine/lease.ts'
import { backUp } from '#platform/backup/back-up.ts'
import type { Manifest } from '#platform/backup/manifest.ts'
import { readConfig, type Config } from '#platform/config.ts'
import { folderBlobs } from '#platform/files/folder-blobs.ts'
import { openPlatform } from '#api/open-platform.ts'
import { progressOnScreen } from './progress.ts'

const usage = 'fahui backup TARGET   writes all but the keys into the new folder TARGET'

/** Makes a backup and prints what it holds. On the embedded database stop the service first. */
export async function run(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [dir, ...more] = positionals
  if (!dir || more.length) throw new Error(usage)
  const manifest = await backUpInto(dir, readConfig(process.env))
  process.stdout.write(`${JSON.stringify(summaryOf(manifest))}\n`)
}

/** No key is changed meanwhile: what is copied first would be under another than what is copied last. */
async function backUpInto(dir: string, config: Config): Promise<Manifest> {
  await using on = await openPlatform({ ...config, logLevel: 'silent' }, Date.now)
  const files = folderBlobs(join(config.dataDir, 'files'))
  const made = await underLease(on, { name: 'rotate', holder: v7() }, () =>
    backUp(on, new Date(), { files, dir, tell: progressOnScreen() }),
  )
  if (!made)
    throw new Error('Another process is making a backup, or bringing what is kept under a new key. Run this again when it is done.')
  return made
}

/** What an operator writes down beside a backup. */
export const summaryOf = ({ id, made, keys, head, tables, files }: Manifest) => ({
  backup: id,
  made,
  rows: Object.fromEntries(tables.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows])),
  files: files.rows,
  head,
  keys,
})
