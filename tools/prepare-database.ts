import { prepare } from '#platform/database/prepared.ts'

/** Writes dist/embedded: the migrated, empty database a first start begins from. */
await prepare()
