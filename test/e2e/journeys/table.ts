import { v7 } from 'uuid'
import { expect } from 'vitest'
import { bring } from '#test/e2e/kit/arrive.ts'
import type { Hand } from '#test/e2e/kit/hands.ts'
import type { Matter } from '../../../web/workbench/contract.ts'
import type { Desk } from './desk.ts'
import type { Stage } from './stage.ts'

/** Signs in with a phone, as somebody does who was only telephoned before; answers the id of their account. */
export async function signIn(hand: Hand, stage: Stage, phone: string): Promise<string> {
  await hand.open(`${stage.url()}/sign-in`)
  await hand.type('手机号', phone)
  await hand.send('发短信')
  await hand.type('六位数字', stage.carrier().codeFor(phone))
  await hand.send('登录')
  const me = await hand.page.request.get(`${stage.url()}/api/me`)
  return ((await me.json()) as { id: string }).id // the API's own shape
}

/** The committee writes down whose account a party of one seat is. */
export async function link(desk: Desk, code: string, account: string): Promise<void> {
  const { actions } = await desk.read(code)
  const holder = actions.find(({ key }) => key === 'link')?.schema.properties?.['holder']?.oneOf?.at(-1)?.const
  await desk.act(code, 'link', { holder, account })
}

/** Somebody without an account gets a letter with a link, opens it on their phone and says the six digits they were told; they stand at the matter then. */
export async function comeByLink(hand: Hand, desk: Desk, code: string, stage: Stage): Promise<void> {
  const { region, id } = await desk.find(code)
  const path = `/api/matters/${region}/${id}`
  const { links } = await desk.ask<Pick<Matter, 'links'>>(path)
  const sent = { link: v7(), holder: links.at(-1)?.holder, way: 'paper', proof: 'spoken' }
  const letter = await desk.ask<{ url: string; code: string }>(`${path}/links`, sent)
  await hand.open(stage.url() + new URL(letter.url).pathname)
  await hand.send('打开')
  await hand.type(/六位数字/, letter.code)
  await hand.send('核对')
}

/** Opens an action's form at a desk, fills it and sends it; the state stays. */
export async function doing(
  hand: Hand,
  title: string,
  fill: (form: ReturnType<Hand['page']['getByRole']>) => Promise<void>,
): Promise<void> {
  const form = hand.page.getByRole('dialog')
  await bring(form, () => hand.press(title))
  await fill(form)
  await hand.press(title, form)
  await form.waitFor({ state: 'detached' })
}

/** Unfolds what a person can do on their page, and does it. */
export async function does(hand: Hand, title: string): Promise<void> {
  await hand.unfold(title)
  await hand.send(title)
}

/** Reads a page again until it says something. */
export async function until(hand: Hand, url: string, words: RegExp): Promise<string> {
  const read = async () => {
    await hand.page.goto(url)
    return (await hand.page.getByRole('main').textContent()) ?? ''
  }
  await expect.poll(read).toMatch(words)
  return read()
}
