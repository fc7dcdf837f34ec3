import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import type { QueueRow } from '../../web/workbench/contract.ts'
import { bring } from './kit/arrive.ts'
import { handOn, mouse, type Hand } from './kit/hands.ts'
import { deskOf } from './journeys/desk.ts'
import { begin, file, tell, wages } from './journeys/telling.ts'
import { atDesk, phone } from './kit/people.ts'
import { openBrowser, startToldService, type Service } from './kit/service.ts'

/**
 * Takes the pictures of docs/pictures from the demo data, each at a phone and at a desk: `npm run pictures`, or `-- --only home,queue`. A
 * citizen's pages follow from one another, so all of hers are gone through whichever are kept.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'docs/pictures/')
const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } }

/** Who stands before the page; the worker has no account. */
type Who = 'worker' | 'chengdong.director' | 'qinghai.manager'
/** `show` is what should be in view, where it is not at the top. */
type Picture = { name: string; who: Who; go(hand: Hand, url: string): Promise<unknown>; show?: (page: Page) => Locator }

const pictures: readonly Picture[] = [
  { name: 'home', who: 'worker', go: (hand, url) => hand.open(url) },
  { name: 'question', who: 'worker', go: tellUntilProof },
  { name: 'check', who: 'worker', go: (hand) => tell(hand, wages) },
  { name: 'receipt', who: 'worker', go: file },
  { name: 'track', who: 'worker', go: (hand) => hand.follow('看进度') },
  { name: 'mine', who: 'worker', go: (hand) => hand.follow('我的事') },
  { name: 'queue', who: 'chengdong.director', go: (hand, url) => open(hand, `${url}/desk/?purpose=all`, /办理中/) },
  { name: 'matter', who: 'chengdong.director', go: (hand, url) => openMatter(hand, url, ({ state }) => state === 'handling') },
  { name: 'assignment', who: 'chengdong.director', go: openAssignment, show: barred },
  { name: 'calendar', who: 'chengdong.director', go: openCalendar },
  { name: 'settings', who: 'qinghai.manager', go: replaySetting },
  { name: 'measures', who: 'qinghai.manager', go: (hand, url) => open(hand, `${url}/desk/measures`, /追回/) },
]

async function tellUntilProof(hand: Hand, url: string): Promise<void> {
  await begin(hand, url, '老板拖欠我们三个月工资，一直不给，电话也不接了。')
  await tell(hand, wages, 'workProof')
}

/** Opens a page of the workbench and waits for what it is about; an address that leads nowhere is an error. */
async function open({ page }: Hand, url: string, about?: RegExp): Promise<void> {
  await page.goto(url)
  const heading = page.getByRole('heading', { level: 1 })
  await heading.waitFor()
  if ((await heading.textContent())?.includes('没有这一页')) throw new Error(`${url} leads nowhere: is the page built?`)
  if (about) await page.getByText(about).first().waitFor()
}

async function openMatter(hand: Hand, url: string, is: (row: QueueRow) => boolean): Promise<void> {
  const { rows } = await deskOf(hand.page, url).ask<{ rows: QueueRow[] }>('/api/queue?purpose=all&limit=100')
  const row = rows.find(is)
  if (!row) throw new Error(`no such matter among the demo's: ${is}`)
  await open(hand, `${url}/desk/matters/${row.region}/${row.id}`, /期限/)
}

/** The accident case of the demo in which two lawyers are known to have a conflict. */
async function openAssignment(hand: Hand, url: string): Promise<void> {
  await openMatter(hand, url, ({ state, recipient }) => state === 'granted' && recipient?.startsWith('马') === true)
  await bring(barred(hand.page), () => hand.press('指派承办人'))
}

function barred(page: Page): Locator {
  return page.getByRole('dialog').getByText('近亲属与本案有利益冲突')
}

async function openCalendar(hand: Hand, url: string): Promise<void> {
  await open(hand, `${url}/desk/calendar`)
  await hand.page.locator('.entries').first().waitFor()
}

/** The change the demo proposes, decided again over every matter that was assessed. */
async function replaySetting(hand: Hand, url: string): Promise<void> {
  await open(hand, `${url}/desk/settings`, /修改稿/)
  await hand.go(/./, hand.page.getByRole('region', { name: '修改稿' }))
  await bring(hand.page.getByText('试算完了').first(), () => hand.press('开始试算'))
}

/** The page as it stands, at one width, in few colours: pictures are kept with the code. */
async function shoot(page: Page, { name, show }: Picture, size: keyof typeof sizes): Promise<void> {
  await page.setViewportSize(sizes[size])
  await page.evaluate(() => scrollTo(0, 0))
  await show?.(page).scrollIntoViewIfNeeded()
  await page.waitForFunction(() => !document.querySelector('.ant-skeleton, [aria-busy="true"]'))
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await sharp(shot).png({ palette: true, quality: 80, effort: 10 }).toFile(`${folder}${name}-${size}.png`)
}

const enter = async (browser: Browser, { url }: Service, who: Who): Promise<Hand> =>
  handOn(who === 'worker' ? await (await phone(browser)).newPage() : await atDesk(browser, url, who), mouse)

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const only = values.only?.split(',')
const unknown = only?.filter((name) => !pictures.some((picture) => picture.name === name)) ?? []
if (unknown.length)
  throw new Error(`No picture is called ${unknown.join(', ')}. There are: ${pictures.map(({ name }) => name).join(', ')}.`)
const isWanted = ({ name }: Picture) => only?.includes(name) ?? true

await mkdir(folder, { recursive: true })
const service = await startToldService()
const browser = await openBrowser()
try {
  for (const [who, theirs] of Map.groupBy(pictures, (picture) => picture.who)) {
    if (!theirs.some(isWanted)) continue
    const hand = await enter(browser, service, who)
    for (const picture of theirs.filter((one) => who === 'worker' || isWanted(one))) {
      await picture.go(hand, service.url)
      if (isWanted(picture)) for (const size of ['desktop', 'phone'] as const) await shoot(hand.page, picture, size)
    }
  }
} finally {
  await browser.close()
  await service[Symbol.asyncDispose]()
}
