import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { scrollsSideways, violations } from '#test/e2e/axe.ts'
import { handOn, mouse, type Hand, type Means } from '#test/e2e/hands.ts'
import { keyboard } from '#test/e2e/keyboard.ts'
import { atDesk, phone, screen } from '#test/e2e/people.ts'
import { openBrowser, startService, type Service } from '#test/e2e/service.ts'
import { startCarrier } from '#test/e2e/sms.ts'
import { deskOf, type Desk } from './desk.ts'

/** One way of going through a journey. */
export type Way = { way: string; means: Means; hasScript: boolean }

/** How long what should be there may take on a busy machine: less than a test has, so that a failure says what was missing. */
const patienceMs = 15_000

/** Every journey is gone through twice: on the oldest phone, and without a mouse. */
export const ways: readonly Way[] = [
  { way: 'by touch with JavaScript off', means: mouse, hasScript: false },
  { way: 'by keyboard alone', means: keyboard, hasScript: true },
]

/** The service, the browser and the carrier of one file of journeys, and the people who come. Every page they see is looked at. */
export function onStage() {
  let dir: string
  let service: Service
  let browser: Browser
  let carrier: Awaited<ReturnType<typeof startCarrier>>
  const flaws: string[] = []
  const met = new Set<string>()
  const desks = new Map<string, Promise<Desk>>()

  const serve = () => startService({ FAHUI_DATA: dir, SMS_GATEWAY_URL: carrier.url })

  beforeAll(async () => {
    carrier = await startCarrier()
    dir = await mkdtemp(join(tmpdir(), 'fahui-journeys-'))
    service = await serve()
    browser = await openBrowser()
  })
  afterEach(() => {
    expect(flaws.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser.close()
    await service[Symbol.asyncDispose]()
    await carrier[Symbol.asyncDispose]()
    await rm(dir, { recursive: true, force: true })
  })

  /** Notes what is wrong with a page: sideways scroll each time, and, where scripts run, what axe finds the first time one of its kind is met. */
  const look = async (page: Page, hasScript = true): Promise<void> => {
    const kind = await kindOf(page)
    if (await scrollsSideways(page)) flaws.push(`${kind} scrolls sideways`)
    if (!hasScript || met.has(kind)) return
    met.add(kind)
    flaws.push(...(await violations(page)).map((one) => `${kind} ${one}`))
  }

  return {
    look,
    url: () => service.url,
    carrier: () => carrier,
    /** Ends the service as an update would, and starts it again on what it left. */
    async restart() {
      await service[Symbol.asyncDispose]()
      desks.clear()
      service = await serve()
    },
    /** Somebody with their own phone, or whoever sits down at a shared one. */
    async citizen({ means, hasScript }: Way): Promise<Hand> {
      const page = await (await phone(browser, { hasScript })).newPage()
      page.setDefaultTimeout(patienceMs)
      return handOn(page, means, (at) => look(at, hasScript))
    },
    /** A hand at an office screen nobody has signed in at. */
    async screen({ means }: Way): Promise<Hand> {
      const page = await (await screen(browser, { bypassCSP: true })).newPage()
      page.setDefaultTimeout(patienceMs)
      return handOn(page, means, async (at) => {
        await at.getByRole('heading', { level: 1 }).waitFor()
        await look(at)
      })
    },
    /** An officer or provider, signed in once and at their desk from then on. */
    desk(login: string): Promise<Desk> {
      const enter = async () => {
        const page = await atDesk(browser, service.url, login, { bypassCSP: true })
        page.setDefaultTimeout(patienceMs)
        return deskOf(page, service.url)
      }
      const desk = desks.get(login) ?? enter()
      desks.set(login, desk)
      return desk
    },
  }
}

export type Stage = ReturnType<typeof onStage>

/** Pages that differ only in whose matter they show are of one kind. */
async function kindOf(page: Page): Promise<string> {
  const path = new URL(page.url()).pathname.replaceAll(/[0-9A-Z]{10}|[0-9a-f-]{36}/g, '…')
  const headings = await page.getByRole('heading').allTextContents()
  return `${path} ${headings.join(' / ')}`
}
