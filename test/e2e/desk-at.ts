import type { Page } from 'playwright-core'
import type { QueueRow, SettingDraft } from '../../web/workbench/contract.ts'
import { bring } from './kit/arrive.ts'
import { pdfOf } from './kit/paper.ts'
import { askedBy, confirmedBy, halfOn } from './kit/two-administrators.ts'

/** A page of the workbench, and the few ways by which the views come to where they are. */
export type DeskAt = ReturnType<typeof deskAt>

export function deskAt(page: Page, url: string) {
  const rows = async () => ((await (await page.request.get(`${url}/api/queue?purpose=all&limit=100`)).json()) as { rows: QueueRow[] }).rows // the API's own shape
  const open = async (path: string, about: string) => {
    await page.goto(`${url}/desk${path}`)
    await page.locator(about).first().waitFor()
  }
  return {
    page,
    url,
    open,
    button: (name: string) => page.getByRole('button', { name, exact: true }).first(),
    dialog: (name?: string) => page.getByRole('dialog', name ? { name } : {}).last(),
    /** The first matter of the demo in such a state, with a form of it open where `action` names one. */
    async matter(state: string, action = '') {
      const row = (await rows()).find((one) => one.state === state)
      if (!row) throw new Error(`no matter of the demo stands at ${state}`)
      await open(`/matters/${row.region}/${row.id}${action && `?do=${action}`}`, '.matter-main h2')
      if (action) await page.getByRole('dialog').getByRole('button').first().waitFor()
    },
    /** A proposed change of the demo, decided again over every matter. */
    async draft() {
      const drafts = (await (await page.request.get(`${url}/api/settings/drafts`)).json()) as SettingDraft[] // the API's own shape
      const draft = drafts.find(({ isDecisive }) => isDecisive)
      if (!draft) throw new Error('the demo proposes no change that decides anything')
      await open(`/settings/drafts/${draft.id}`, '#replay')
    },
  }
}

export function submitted(path: string, button: string) {
  return async (desk: DeskAt) => {
    await desk.open(path, 'form')
    await bring(desk.page.locator('.ant-form-item-explain-error').first(), () => desk.button(button).click())
  }
}

export async function refusedAtTheDoor({ open, page, button }: DeskAt) {
  await open('/sign-in', 'form')
  await page.getByLabel('账号').fill('nobody')
  await page.getByLabel('密码').fill('nothing-like-it')
  await page.getByLabel('动态口令').fill('000000')
  await bring(page.getByRole('alert'), () => button('登录').click())
}

export async function enrolment(desk: DeskAt) {
  await sheet(desk)
  const first = halfOn((await desk.dialog('开通码前半').textContent()) ?? '')
  const second = await confirmedBy(desk.page.context().browser(), desk.url, 'qinghai.administrator2')
  await desk.open('/account', 'h1')
  await desk.open(`/enrol#${first}${second}`, 'form')
  await bring(desk.page.locator('.qr'), () => desk.button('继续').click())
}

export async function savingFilter({ open, button, dialog }: DeskAt) {
  await open('/?purpose=all&line=legal-aid', '.chip')
  await bring(dialog('保存这个筛选'), () => button('保存这个筛选').click())
}

export async function listOpen({ open, page }: DeskAt) {
  await open('/?purpose=all', 'tbody a')
  await bring(page.locator('.ant-select-item-option').first(), () => page.getByLabel('业务').click())
}

export async function picked({ open, page }: DeskAt) {
  await open('/?purpose=all&line=legal-aid&state=granted', 'tbody a')
  await page.locator('tbody').getByRole('checkbox').first().check()
}

export async function bulk(desk: DeskAt) {
  await picked(desk)
  await bring(desk.dialog().locator('.outcomes, .actions').first(), () => desk.button('一起办理').click())
}

export async function unreadable({ open, page }: DeskAt) {
  await page.route('**/api/queue?**', (route) => route.abort())
  await open('/?purpose=risk', '[role=alert]')
  await page.unroute('**/api/queue?**')
}

export function search(term: string) {
  return async ({ open, page, dialog }: DeskAt) => {
    await open('/?purpose=all', 'tbody a')
    await bring(dialog('搜索'), () => page.keyboard.press('/'))
    if (!term) return
    await page.getByRole('searchbox', { name: '搜索' }).fill(term)
    await page.locator('.found a').or(page.getByText('没有找到')).first().waitFor()
  }
}

export async function keysHelp({ open, page, dialog }: DeskAt) {
  await open('/?purpose=all', 'tbody a')
  await bring(dialog('快捷键'), () => page.keyboard.press('?'))
}

/** Behind a button only where there is no room for a row. */
export async function menu({ open, page, button }: DeskAt) {
  await open('/?purpose=all', 'tbody a')
  if (await button('菜单').isVisible()) await button('菜单').click()
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link').first().waitFor()
}

export async function own({ open, page }: DeskAt) {
  await open('/?purpose=all', 'tbody a')
  await bring(page.getByRole('button', { name: '退出' }), () => page.locator('.who-button').click())
}

export async function formWithErrors(desk: DeskAt) {
  await desk.matter('submitted', 'ask')
  await bring(desk.page.locator('.ant-form-item-explain-error').first(), () =>
    desk.dialog().getByRole('button', { name: '一次性告知补充材料' }).click(),
  )
}

export async function candidates(desk: DeskAt) {
  await desk.matter('granted', 'assign')
  await desk.page.getByRole('dialog').getByRole('radio').first().waitFor()
}

export async function pictureShown(desk: DeskAt) {
  await desk.matter('handling')
  await bring(desk.dialog().locator('img, canvas').first(), () => desk.page.locator('.document').getByRole('button').first().click())
}

export async function pdfShown(desk: DeskAt) {
  await desk.matter('submitted')
  const file = { name: '合同.pdf', mimeType: 'application/pdf', buffer: pdfOf('EINS', 'ZWEI') }
  await desk.page.getByLabel(/^上传/).first().setInputFiles(file)
  await desk.page.getByRole('button', { name: '查看 合同.pdf' }).first().click()
  await desk.page.getByText('合同.pdf 第 1 页：EINS').waitFor({ state: 'attached' })
}

export async function revealing(desk: DeskAt) {
  await desk.matter('submitted')
  const whole = desk.page.getByRole('button', { name: /^查看完整的/ }).first()
  await bring(desk.dialog().getByLabel('为什么要看'), () => whole.click())
}

export async function revealed(desk: DeskAt) {
  await revealing(desk)
  await desk.dialog().getByLabel('为什么要看').fill('电话通知补正材料')
  await bring(desk.page.getByRole('button', { name: /^隐去/ }), () =>
    desk.dialog().getByRole('button', { name: '查看', exact: true }).click(),
  )
}

export async function checkingFact(desk: DeskAt) {
  await desk.matter('submitted')
  const check = desk.page.getByRole('button', { name: /^标为已核实/ }).first()
  await bring(desk.dialog('标为已核实').getByRole('radio').first(), () => check.click())
}

export async function confining(desk: DeskAt) {
  await desk.matter('submitted')
  await bring(desk.dialog('只让指定的人看').getByRole('radio').first(), () => desk.button('只让指定的人看').click())
}

export async function noted({ matter, page, button }: DeskAt) {
  await matter('submitted')
  await page.getByLabel('写便签').fill('当事人说下午三点前不方便接电话')
  await bring(button('划掉'), () => button('保存便签').click())
}

export async function subscribing(desk: DeskAt) {
  await desk.open('/calendar', '.days')
  await desk.button('订阅到手机日历').click()
  await bring(desk.page.getByLabel('订阅地址'), () => desk.dialog().getByRole('button', { name: '开通' }).first().click())
}

export function first(path: string, link: string, about: string) {
  return async ({ open, page }: DeskAt) => {
    await open(path, link)
    await bring(page.locator(about).first(), () => page.locator(link).first().click())
  }
}

export async function registerWithErrors(desk: DeskAt) {
  await first('/directory', 'tbody th a', '#edit')(desk)
  await bring(desk.page.locator('.ant-form-item-explain-error').first(), () => desk.button('保存').click())
}

export const setting = ({ open }: DeskAt) => open('/settings?key=hardship.standard', '.values')

export async function proposing(desk: DeskAt) {
  await setting(desk)
  await bring(desk.page.locator('.propose'), () => desk.button('提出修改').click())
  await bring(desk.page.locator('.ant-form-item-explain-error').first(), () => desk.button('提出').click())
}

export async function replayed({ draft, page }: DeskAt) {
  await draft()
  await bring(page.locator('#flips'), () => page.getByRole('button', { name: /试算$|一次$/ }).click())
}

export async function withdrawing({ draft, button, dialog }: DeskAt) {
  await draft()
  await bring(dialog('撤回这项修改？'), () => button('撤回').click())
}

export function accountDialog(words: string) {
  return async ({ open, button, dialog }: DeskAt) => {
    await open('/account', '#keys')
    await bring(dialog(), () => button(words).click())
  }
}

export async function authenticator(desk: DeskAt) {
  await accountDialog('换一个')(desk)
  await bring(desk.page.locator('.qr'), () => desk.dialog().getByRole('button', { name: '开始' }).click())
}

/** As after a while away: the server asks again who is at the desk. */
export async function proving(desk: DeskAt) {
  const body = { code: 'prove_again', message: '请再确认一次是您本人', detail: {} }
  await desk.page.route('**/api/account/authenticator/begin', (route) => route.fulfill({ status: 403, json: body }))
  await accountDialog('换一个')(desk)
  await bring(desk.dialog('请确认是您本人'), () => desk.dialog().getByRole('button', { name: '开始' }).click())
}

export async function user({ open, page, dialog }: DeskAt) {
  await open('/users', 'tbody a')
  await bring(dialog().locator('.actions'), () =>
    page.locator('tbody').getByRole('row', { name: /审查/ }).getByRole('link').first().click(),
  )
}

export function deed(words: string) {
  return async (desk: DeskAt) => {
    await user(desk)
    await bring(desk.page.getByRole('dialog').getByRole('textbox').first(), () => desk.button(words).click())
  }
}

export async function addingWithErrors({ open, button, dialog, page }: DeskAt) {
  await open('/users', 'tbody a')
  await button('添加人员').click()
  await bring(page.locator('.ant-form-item-explain-error').first(), () =>
    dialog('添加人员').getByRole('button', { name: '添加', exact: true }).click(),
  )
}

let added = 0
export async function sheet({ open, button, dialog }: DeskAt) {
  await open('/users', 'tbody a')
  await button('添加人员').click()
  const form = dialog('添加人员')
  await form.getByLabel('姓名').fill('演示新人')
  await form.getByLabel('登录名').fill(`new.clerk${++added}`)
  await form.getByRole('checkbox', { name: /窗口人员/ }).check()
  await bring(dialog('开通码前半').locator('.qr'), () => form.getByRole('button', { name: '添加', exact: true }).click())
}

/** What another administrator asked for, opened by the second. */
export async function confirming({ open, page, dialog, url }: DeskAt) {
  await askedBy(page.context().browser(), url, 'qinghai.administrator', `waiting.clerk${++added}`)
  await open('/users', '#waiting')
  const mine = page.getByRole('table', { name: '等第二个人确认' }).getByRole('row').filter({ hasText: '您可以确认' })
  await bring(dialog().getByRole('button', { name: '确认', exact: true }), () => mine.getByRole('link').first().click())
}

export async function secondHalf(desk: DeskAt) {
  await confirming(desk)
  await bring(desk.dialog('开通码后半').locator('.qr'), () => desk.button('确认').click())
}

export async function sealed({ open, button, page }: DeskAt) {
  await open('/audit', 'tbody a')
  await bring(page.locator('#seals ~ div [role=alert], .note').first(), () => button('核对全部封存').click())
}
