import { rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openEmbedded } from '#platform/database/database.ts'

/** Writes dist/embedded/db: the migrated, empty database a first start begins from. Holds no key and no data. */
const folder = fileURLToPath(new URL('../dist/embedded', import.meta.url))
const draft = `${folder}.draft`
await rm(draft, { recursive: true, force: true })
{
  await using _ = await openEmbedded(draft, Buffer.alloc(32))
}
await rm(folder, { recursive: true, force: true })
await rename(draft, folder)
