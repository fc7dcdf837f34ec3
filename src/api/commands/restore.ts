import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Manifest } from '#platform/backup/manifest.ts'
import { checkBackup, restore } from '#platform/backup/restore.ts'
import { readConfig, type Config } from '#platform/config.ts'
import { lockDataDir } from '#platform/files/data-lock.ts'
import { audit } from '#platform/keys/audit.ts'
import { openKeyring } from '#platform/keys/keyring.ts'
import { as, system } from '#platform/tx.ts'
import { openPlatform } from '#api/open-platform.ts'
import { summaryOf } from './backup.ts'
import { progressOnScreen } from './progress.ts'

const usage = `fahui restore SOURCE           puts the backup SOURCE into an empty database and a data folder that holds the keys alone
fahui restore SOURCE --check   reads all of it and writes nothing`

/** Puts a backup back, or only checks it, and prints what it holds. */
export async function run(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { check: { type: 'boolean' } } })
  const [dir, ...more] = positionals
  if (!dir || more.length) throw new Error(usage)
  const config = readConfig(process.env)
  const manifest = await (values.check ? check : putBack)(dir, config)
  process.stdout.write(`${JSON.stringify({ ...(values.check ? { whole: true } : { restored: true }), ...summaryOf(manifest) })}\n`)
}

const check = async (dir: string, config: Config): Promise<Manifest> =>
  checkBackup({ dir, ring: await keysOf(config), tell: progressOnScreen() })

async function putBack(dir: string, config: Config): Promise<Manifest> {
  const ring = await keysOf(config)
  const manifest = await alone(config, () => restore({ dir, ring, tell: progressOnScreen() }, config))
  await using on = await openPlatform({ ...config, logLevel: 'silent' }, Date.now)
  await as(on, system, new Date(), (tx) => audit(tx, 'restored', { detail: { backup: manifest.id, made: manifest.made } }))
  return manifest
}

/** New keys open nothing of a backup: they are not made here. */
async function keysOf({ dataDir, cipher }: Config) {
  await access(join(dataDir, 'keys', 'current')).catch(() => {
    throw new Error(
      `${join(dataDir, 'keys')} holds no keys. A backup has none: put those in place that were saved with it, and restore again. Nothing was written.`,
    )
  })
  return openKeyring(dataDir, cipher)
}

async function alone<T>({ dataDir, databaseUrl }: Config, work: () => Promise<T>): Promise<T> {
  await using _ = databaseUrl ? null : await lockDataDir(dataDir)
  return await work()
}
