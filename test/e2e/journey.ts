import type { Page } from 'playwright-core'
import { arrive } from './kit/arrive.ts'

/** Presses a button and waits for the page it leads to. */
const press = (page: Page, name: string | RegExp) => arrive(page, () => page.getByRole('button', { name }).click())

const next = (page: Page) => press(page, '继续')

const choose = async (page: Page, option: string | RegExp) => {
  await page.getByLabel(option).first().check()
  await next(page)
}

/** What a journey's pages are told to: `seen` is called on every page before it is answered. */
export type Journey = { url: string; story: string; seen?: (page: Page) => Promise<void> }

/** A migrant worker's application for unpaid wages, from the first page to the receipt; answers the matter code. Types a wrong identity number first, and finds what was typed still there. */
export async function applyForWages(page: Page, { url, story, seen = async () => {} }: Journey): Promise<string> {
  const step = async (answer: () => Promise<void>) => {
    await seen(page)
    await answer()
  }
  await page.goto(`${url}/`)
  await step(async () => {
    await page.getByLabel('发生了什么事').fill(story)
    await page.getByLabel(/在哪/).selectOption('630102')
    await press(page, '开始')
  })
  await step(() => choose(page, '我看过了，开始'))
  await step(() => choose(page, '我自己'))
  await step(() => choose(page, '干了活，不给工钱'))
  await step(async () => {
    await page.getByLabel('对方').fill('演示·青海某建筑劳务公司')
    await next(page)
  })
  await step(async () => {
    await page.getByLabel('金额（元）').fill('1.8万')
    await next(page)
  })
  await step(() => choose(page, '没有，或者不清楚'))
  await step(async () => {
    await page.getByLabel('姓名').fill('演示·马建国')
    await page.getByLabel('身份证号').fill('110105194912310021')
    await next(page)
  })
  await seen(page)
  await correctNumber(page)
  await step(() => choose(page, /都不要/))
  await step(async () => {
    await page.getByLabel('住在').fill('西宁市城东区，工地宿舍')
    await next(page)
  })
  await step(() => choose(page, '是，户口在农村'))
  await step(() => choose(page, '工资条、欠条、转账记录'))
  await step(() => next(page))
  await step(() => press(page, /提交|交/))
  await seen(page)
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

/** The page names the field and has kept the rest. Throws when it has not. */
async function correctNumber(page: Page): Promise<void> {
  const alert = (await page.getByRole('alert').textContent()) ?? ''
  const kept = await page.getByLabel('姓名').inputValue()
  if (!alert.includes('身份证号不对') || kept !== '演示·马建国')
    throw new Error(`the wrong number was not told, or the name was lost: ${alert}`)
  await page.getByLabel('身份证号').fill('11010519491231002x')
  await next(page)
}
