import { v7 } from 'uuid'
import type { DeskAt } from './desk-at.ts'
import { bring } from './kit/arrive.ts'

/** A dispute taken in at the window, whose other side has no account. */
async function disputeTakenIn({ page, url, open }: DeskAt): Promise<void> {
  const posted = async (path: string, data: object) => {
    const answer = await page.request.post(`${url}/api/${path}`, { data, headers: { 'sec-fetch-site': 'same-origin' } })
    return (await answer.json()) as { version: number } // the API's own shape
  }
  const [region, id] = ['630102', v7()]
  const its = { kind: 'neighbour', gap: 'none', isOffered: false, applicants: [{ name: '王桂英', phone: '13900005502' }] }
  const { version } = await posted('mediation/taken-in', { region, id, ...its })
  await posted(`mediation/${region}/${id}/invite`, { version, key: v7(), input: { name: '马老三' } })
  await open(`/matters/${region}/${id}`, '.matter-main h2')
}

export async function linkToSend(desk: DeskAt) {
  await disputeTakenIn(desk)
  const part = desk.page.getByRole('region', { name: /被申请人/ })
  await bring(desk.dialog('寄链接'), () => part.getByRole('button', { name: '寄链接' }).click())
}

export async function linkSent(desk: DeskAt) {
  await linkToSend(desk)
  await bring(desk.dialog('打印这封信'), () => desk.dialog('寄链接').getByRole('button', { name: '寄链接' }).click())
}

export async function sayingFor(desk: DeskAt) {
  await disputeTakenIn(desk)
  await bring(desk.dialog('记下本人说的').locator('form').first(), () => desk.page.getByRole('button', { name: '记下本人说的' }).click())
  // Behind the drawer the page stands at its beginning, as where one came from a link.
  await desk.page.evaluate(() => scrollTo(0, 0))
}

export async function readingBack(desk: DeskAt) {
  await disputeTakenIn(desk)
  await bring(desk.dialog('核对电话'), () =>
    desk.page
      .getByRole('button', { name: /^核对电话/ })
      .first()
      .click(),
  )
}

export async function takingIn({ open, page }: DeskAt) {
  await open('/take-in', '.choosing button')
  await bring(page.locator('#take-in'), () => page.locator('.choosing button').first().click())
}

export async function takingInWithErrors(desk: DeskAt) {
  await takingIn(desk)
  await bring(desk.page.locator('.ant-form-item-explain-error').first(), () =>
    desk.page.locator('form button[type="submit"]').last().click(),
  )
}
