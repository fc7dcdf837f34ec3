import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#platform/config.ts'
import { openPlatform } from '#api/open-platform.ts'
import { buildApp } from '#api/serve.ts'

/** The OpenAPI document. It is read off the routes alone, so an empty database in a folder of its own serves. */
export async function openApiDocument() {
  const dir = await mkdtemp(join(tmpdir(), 'fahui-openapi-'))
  try {
    const config = readConfig({ FAHUI_DATA: dir, LOG_LEVEL: 'silent' })
    await using on = await openPlatform(config, Date.now)
    const app = await buildApp(on, config, () => new Date())
    const document = app.swagger()
    await app.close()
    return document
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

export async function run(): Promise<void> {
  process.stdout.write(`${JSON.stringify(await openApiDocument(), null, 2)}\n`)
}
