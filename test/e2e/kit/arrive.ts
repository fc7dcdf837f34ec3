import type { Frame, Locator, Page, Request } from 'playwright-core'

/** Does what leads to another page, and answers once that page is there. It is known by the request this act makes: the address may be the one it set out from, and a way still being gone may end meanwhile. */
export async function arrive(page: Page, act: () => Promise<unknown>): Promise<void> {
  let hasSetOut = false
  const hear = (request: Request) => {
    hasSetOut ||= setsOut(page, request)
  }
  page.on('request', hear)
  try {
    await Promise.all([page.waitForEvent('framenavigated', (frame: Frame) => hasSetOut && frame === page.mainFrame()), act()])
    await page.waitForLoadState()
  } finally {
    page.off('request', hear)
  }
}

/** The first request of a way, not one the server sent it on to. */
const setsOut = (page: Page, request: Request): boolean =>
  request.isNavigationRequest() && request.redirectedFrom() === null && request.frame() === page.mainFrame()

/** A state at the head of a matter's page. Elsewhere on it the same words say what an action would lead to, and what was. */
export const standing = (page: Page, state: string): Locator => page.locator('.standing').getByText(state)

/** Does something and waits until what it brings can be seen. Throws when it could be seen before, since then nothing would be waited for. */
export async function bring(what: Locator, act: () => Promise<unknown>): Promise<void> {
  if (await what.isVisible()) throw new Error(`there before the act that should bring it: ${what}`)
  await act()
  await what.waitFor()
}
