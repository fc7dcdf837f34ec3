import { join } from 'node:path'
import { declared, effects, serviceSettings } from '#lines/services.ts'
import type { Config } from '#platform/config.ts'
import { lockDataDir } from '#platform/files/data-lock.ts'
import { openEmbedded, openPostgres } from '#platform/database/database.ts'
import { databaseTime, judgeClock } from '#platform/database/clock-difference.ts'
import { matchKeys } from '#platform/database/key-marks.ts'
import { scannerAt } from '#platform/files/clamd.ts'
import { fileStore } from '#platform/files/file-store.ts'
import { folderBlobs } from '#platform/files/folder-blobs.ts'
import { httpGateway, keepingGateway } from '#platform/gateway.ts'
import { declareEffects, openJobs } from '#engine/jobs.ts'
import { openKeyring } from '#platform/keys/keyring.ts'
import { witnessAt } from '#platform/keys/witness.ts'
import { sealAudit } from '#platform/keys/audit.ts'
import { openLog } from '#platform/log.ts'
import type { Platform } from '#platform/platform.ts'
import { placePrepared } from '#platform/database/prepared.ts'
import { settings } from '#platform/settings.ts'
import { as, system } from '#platform/tx.ts'
import { nationalCalendar } from '#records/register/holidays.ts'
import { recordSettings } from '#records/settings/settings.ts'

/** Opens everything the service stands on; dispose to close it in the right order. `wallClock` is the real clock. */
export async function openPlatform(config: Config, wallClock: () => number): Promise<Platform & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const log = openLog(config.logLevel)
  // The embedded database is one process's; PostgreSQL has several, which read the same keys and keep files in the same folder.
  if (!config.databaseUrl) stack.use(await lockDataDir(config.dataDir))
  const keyring = await openKeyring(config.dataDir, config.cipher)
  if (!config.databaseUrl) await placePrepared(config.dataDir)
  const database = config.databaseUrl
    ? await openPostgres(config.databaseUrl, keyring.contextKey)
    : await openEmbedded(config.dataDir, keyring.contextKey)
  stack.use(database)
  const amiss = judgeClock(wallClock(), await database.owner(databaseTime))
  if (amiss) log.warn(amiss)
  await matchKeys(database, keyring)
  await declareEffects(database, effects)
  const jobs = openJobs(database, log)
  stack.defer(() => jobs.stop({ graceful: true, timeout: 5000 }))
  await jobs.start()
  const gateway = config.smsGatewayUrl ? httpGateway(config.smsGatewayUrl) : keepingGateway((text) => process.stdout.write(`${text}\n`))
  const on: Platform = {
    database,
    keyring,
    files: fileStore(folderBlobs(join(config.dataDir, 'files')), keyring),
    scanner: scannerAt(config.clamd),
    settings: settings(nationalCalendar(), { ...serviceSettings, ...recordSettings }),
    gateway,
    jobs,
    witness: witnessAt(config.witness),
    ...declared,
    log,
    wallClock,
  }
  await as(on, system, new Date(wallClock()), (tx) => on.settings.reload(tx.db))
  // Nothing is left unsealed while nobody serves: a command writes to the audit too.
  stack.defer(async () => {
    await sealAudit(on, new Date(wallClock())).catch((error: unknown) => log.error({ err: error }, 'sealing'))
  })
  const open = stack.move()
  return { ...on, [Symbol.asyncDispose]: () => open.disposeAsync() }
}
