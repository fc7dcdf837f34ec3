import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { expect } from 'vitest'
import { demoAccounts } from '../../../seed/demo-accounts.ts'
import { bring, standing } from '#test/e2e/kit/arrive.ts'
import { handOn, type Hand, type Means } from '#test/e2e/kit/hands.ts'
import type { At, Matter, QueueRow } from '../../../web/workbench/contract.ts'
import { photo } from './telling.ts'

/** What of a matter its journeys look at. */
export type Seen = Pick<Matter, 'region' | 'id' | 'version' | 'state' | 'timeline' | 'clocks' | 'facts' | 'actions' | 'documents'>

/** One officer's screen: by hand where the journey is about it, by its JSON, with the same session, where it is not. */
export type Desk = ReturnType<typeof deskOf>

export function deskOf(page: Page, url: string) {
  const ask = <T>(path: string, body?: object): Promise<T> =>
    page.evaluate(
      async ({ path, body }) => {
        const answer = await fetch(path, body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body } : {})
        if (!answer.ok) throw new Error(`${path} ${answer.status} ${await answer.text()}`)
        return (await answer.json()) as never // as the caller expects of this path
      },
      { path, body: body && JSON.stringify(body) },
    )
  const find = async (code: string): Promise<At> => {
    const { rows } = await ask<{ rows: QueueRow[] }>('/api/queue?purpose=all&limit=100')
    const row = rows.find((one) => one.code === code || one.number === code)
    if (!row) throw new Error(`${code} is in no queue of this desk`)
    return row
  }
  const read = async (code: string): Promise<Seen> => {
    const { region, id } = await find(code)
    return ask(`/api/matters/${region}/${id}`)
  }
  return {
    page,
    ask,
    find,
    read,
    /** Takes an action as its button would. */
    async act(code: string, action: string, input: object = {}): Promise<Seen> {
      const { version, actions } = await read(code)
      const path = actions.find(({ key }) => key === action)?.path
      if (!path) throw new Error(`${action} cannot be taken with ${code}: ${actions.map(({ key }) => key).join(' ')}`)
      return ask(path, { version, key: v7(), input })
    },
    /** A hand at the matter's page. */
    async at(code: string, means: Means): Promise<Hand> {
      const { region, id } = await find(code)
      await page.goto(`${url}/desk/matters/${region}/${id}`)
      await page.getByRole('heading', { level: 2, name: '期限', exact: true }).waitFor()
      return handOn(page, means)
    },
  }
}

/** Opens an action's form, fills it, sends it, and waits until the state reads `done`. */
export async function take(hand: Hand, title: string, done: string, fill: (form: Form) => Promise<void> = async () => {}): Promise<void> {
  const form = hand.page.getByRole('dialog')
  await bring(form, () => hand.press(title))
  await fill(form)
  await bring(standing(hand.page, done), () => hand.press(title, form))
  await form.waitFor({ state: 'detached' })
}

/** The reviewer's part of a plain application: has the means reckoned, and gives the aid that is proposed. */
export async function grant(hand: Hand): Promise<void> {
  await bring(hand.page.getByText('建议给予援助').first(), () => hand.press('核算资格'))
  await take(hand, '决定给予法律援助', '已给予援助，待指派')
}

/** The lawyer's first part: the agreement is signed and its picture added. */
export async function engage(hand: Hand): Promise<void> {
  const held = hand.page.getByRole('link', { name: /IMG_0001/ })
  const before = await held.count()
  await hand.attach('上传委托协议和授权委托书', await photo())
  await expect.poll(() => held.count()).toBe(before + 1)
  await take(hand, '已签委托协议', '办理中')
}

/** Chooses the first provider the rules allow, other than `not`, and sends them; answers who it is. */
export async function assignFirst(hand: Hand, title = '指派承办人', not = '/'): Promise<{ name: string; login: string }> {
  let name = ''
  await take(hand, title, '已指派，待签协议', async (form) => {
    const row = form.getByRole('row').filter({ hasText: '可以指派' }).filter({ hasNotText: not }).first()
    name = ((await row.locator('label').textContent()) ?? '').trim()
    await hand.tick(name, row)
  })
  return { name, login: loginOf(name) }
}

const loginOf = (name: string) => demoAccounts.find((account) => account.name === name && account.kind === 'provider')?.login ?? ''

export const stateOf = async (desk: Desk, code: string): Promise<string> => (await desk.read(code)).state

export type Form = ReturnType<Page['getByRole']>
