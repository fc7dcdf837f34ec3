import { cpSync } from 'node:fs'
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbedded } from './database.ts'
import { planHash } from './migrate.ts'

/** A migrated, empty embedded database made at install time, so that a first start need not make one. Beside it stands the hash of the plan it was made from. */
export const prepared = fileURLToPath(new URL('../../../dist/embedded', import.meta.url))

/** Where a backup is put back before it takes the place of the database, whole. */
export const beingRestored = (dataDir: string): string => join(dataDir, 'db.restoring')

/** A new folder begins with the prepared database, put in place whole: a first start that is cut off leaves all of it or none. Without one, the folder is left as it is. */
export async function placePrepared(dataDir: string): Promise<void> {
  const place = join(dataDir, 'db')
  const draft = `${place}.draft`
  if (await exists(beingRestored(dataDir)))
    throw new Error(
      `${dataDir} holds a restore that was cut off. Restore again, or remove ${beingRestored(dataDir)} to begin with nothing.`,
    )
  if ((await exists(place)) || !(await exists(prepared))) return
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await rm(draft, { recursive: true, force: true })
  cpSync(join(prepared, 'db'), draft, { recursive: true }) // four times as fast as its asynchronous twin, and nobody is being served yet
  await rename(draft, place)
}

/** Makes the prepared database, which holds no key and no data, in place of the one that is there. */
export async function prepare(): Promise<void> {
  await mkdir(dirname(prepared), { recursive: true })
  const draft = await mkdtemp(`${prepared}.`)
  {
    await using _ = await openEmbedded(draft, Buffer.alloc(32))
  }
  await writeFile(join(draft, 'plan'), await planHash())
  await rm(prepared, { recursive: true, force: true })
  await rename(draft, prepared)
}

/** Whether the prepared database is there and was made from the migrations and policies of now. */
export async function isPrepared(): Promise<boolean> {
  const plan = join(prepared, 'plan')
  return (await exists(plan)) && (await readFile(plan, 'utf8')) === (await planHash())
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
