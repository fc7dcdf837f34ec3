import type { Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import { scrollsSideways, violations } from '#test/e2e/kit/axe.ts'
import { handOn, mouse, type Hand, type Means } from '#test/e2e/kit/hands.ts'
import { keyboard } from '#test/e2e/kit/keyboard.ts'
import { atDesk, phone, screen } from '#test/e2e/kit/people.ts'
import { onTrial } from '#test/e2e/kit/trial.ts'
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

/** Where one file of journeys takes place, and the people who come. Every page they see is looked at. */
export function onStage() {
  const trial = onTrial()
  const flaws: string[] = []
  const met = new Set<string>()
  const desks = new Map<string, Promise<Desk>>()

  afterEach(() => {
    expect(flaws.splice(0)).toEqual([])
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
    url: () => trial.url,
    carrier: () => trial.carrier,
    /** Ends the service as an update would, and starts it again on what it left. */
    async restart() {
      desks.clear()
      await trial.restart()
    },
    /** The same, so many days later; officers sign in anew. */
    async later(days: number) {
      desks.clear()
      await trial.later(days)
    },
    /** Somebody with their own phone, or whoever sits down at a shared one. */
    async citizen({ means, hasScript }: Way): Promise<Hand> {
      const page = await (await phone(trial.browser, { hasScript })).newPage()
      page.setDefaultTimeout(patienceMs)
      return handOn(page, means, (at) => look(at, hasScript))
    },
    /** A hand at an office screen nobody has signed in at. */
    async screen({ means }: Way): Promise<Hand> {
      const page = await (await screen(trial.browser, { bypassCSP: true })).newPage()
      page.setDefaultTimeout(patienceMs)
      return handOn(page, means, async (at) => {
        await at.getByRole('heading', { level: 1 }).waitFor()
        await look(at)
      })
    },
    /** An officer or provider, signed in once and at their desk from then on. */
    desk(login: string): Promise<Desk> {
      const enter = async () => {
        const page = await atDesk(trial.browser, trial.url, login, { bypassCSP: true })
        page.setDefaultTimeout(patienceMs)
        return deskOf(page, trial.url)
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
