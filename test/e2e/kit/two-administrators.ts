import type { Browser } from 'playwright-core'
import { v7 } from 'uuid'
import { atDesk } from './people.ts'

/** The half of a code on a sheet, as the address there has it. */
export const halfOn = (sheet: string): string => /#([0-9A-Z]{10})/.exec(sheet)?.[1] ?? ''

const headers = { 'sec-fetch-site': 'same-origin' }

async function administrator(browser: Browser | null, url: string, login: string) {
  if (!browser) throw new Error('the page has no browser: is it one of a context kept on disk?')
  return (await atDesk(browser, url, login)).request
}

/** Asks, at a desk of their own, that a clerk of the province be added. */
export async function askedBy(browser: Browser | null, url: string, login: string, newcomer: string): Promise<void> {
  const grants = [{ duty: 'intake', region: '63', office: null, lines: null }]
  const data = { id: v7(), login: newcomer, name: '演示新人', grants, practitioner: null }
  const answer = await (await administrator(browser, url, login)).post(`${url}/api/users`, { data, headers })
  if (!answer.ok()) throw new Error(`${newcomer} is not asked for: ${await answer.text()}`)
}

/** Confirms, at a desk of their own, what was asked for last; the second half of the code. */
export async function confirmedBy(browser: Browser | null, url: string, login: string): Promise<string> {
  const desk = await administrator(browser, url, login)
  const { rows } = (await (await desk.get(`${url}/api/users?waiting=yes&limit=100`)).json()) as {
    rows: { id: string; waiting: { id: string; askedAt: string } }[]
  } // the API's own shape
  const last = rows.toSorted((a, b) => (a.waiting.askedAt < b.waiting.askedAt ? 1 : -1))[0]
  const answer = await desk.post(`${url}/api/users/${last?.id}/confirm`, { data: { request: last?.waiting.id }, headers })
  if (!answer.ok()) throw new Error(`${login} does not confirm: ${await answer.text()}`)
  return ((await answer.json()) as { half: { half: string } }).half.half // the API's own shape
}
