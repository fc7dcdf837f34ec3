import { cpSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import { goAhead } from './people.ts'
import { openBrowser, startService, type Service } from './service.ts'
import { startCarrier } from './sms.ts'

/** The service, the carrier it texts through and the browser of one file of tests, open while its tests run. The service begins with the demo told to its end, in a folder of its own; `env` is what it is told besides. */
export function onTrial(env: Record<string, string> = {}) {
  let dir: string
  let service: Service
  let browser: Browser
  let carrier: Awaited<ReturnType<typeof startCarrier>>
  const opened = new AsyncDisposableStack()
  let daysAhead = 0
  const serve = () => startService({ ...env, ...laterBy(daysAhead), FAHUI_DATA: dir, SMS_GATEWAY_URL: carrier.url })

  beforeAll(async () => {
    dir = await copyOfTold()
    opened.defer(() => rm(dir, { recursive: true, force: true }))
    carrier = opened.use(await startCarrier())
    service = await serve()
    opened.defer(() => service[Symbol.asyncDispose]())
    browser = opened.use(await openBrowser())
  })
  afterAll(async () => {
    goAhead(0)
    await opened.disposeAsync()
  })

  return {
    get url() {
      return service.url
    },
    get browser() {
      return browser
    },
    get carrier() {
      return carrier
    },
    /** Ends the service as an update would, and starts it again on what it left. */
    async restart() {
      await service[Symbol.asyncDispose]()
      service = await serve()
    },
    /** The same, so many days later. Its first address stays open to nobody: whoever comes back goes to the new one. */
    async later(days: number) {
      daysAhead += days
      goAhead(daysAhead * dayMs)
      await this.restart()
    },
  }
}

const dayMs = 86_400_000

/** What a service is told that starts so many days ahead. */
const laterBy = (days: number): Record<string, string> =>
  days ? { LATER_BY_MS: String(days * dayMs), NODE_OPTIONS: `--import=${new URL('later.ts', import.meta.url).href}` } : {}

async function copyOfTold(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'fahui-e2e-'))
  cpSync(inject('told'), dir, { recursive: true })
  await chmod(join(dir, 'keys'), 0o700) // a copied folder is everybody's, and the service refuses such keys
  return dir
}
