import { mkdir, writeFile } from 'node:fs/promises'
import { openEmbedded } from '#platform/database.ts'

/** Writes dist/embedded.tar: the migrated, empty database a first start begins from. Holds no key and no data. */
await using database = await openEmbedded(null, Buffer.alloc(32))
await database.owner(async () => {})
const image = await database.image!() // the embedded database always has one
await mkdir(new URL('../dist/', import.meta.url), { recursive: true })
await writeFile(new URL('../dist/embedded.tar', import.meta.url), Buffer.from(await image.arrayBuffer()))
