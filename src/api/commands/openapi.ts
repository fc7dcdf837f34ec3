import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#platform/config.ts'
import { openPlatform } from '../open-platform.ts'
import { buildApp } from '../serve.ts'

/** Prints the OpenAPI document. It is read off the routes alone, so an empty database in a folder of its own serves. */
export async function run(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'fahui-openapi-'))
  try {
    const config = readConfig({ FAHUI_DATA: dir, LOG_LEVEL: 'silent' })
    await using on = await openPlatform(config, Date.now)
    const app = await buildApp(on, config, () => new Date())
    process.stdout.write(`${JSON.stringify(app.swagger(), null, 2)}\n`)
    await app.close()
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
