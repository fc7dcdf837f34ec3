import sharp from 'sharp'
import { composeResidentId } from '#records/people/resident-id.ts'
import type { Hand, Name } from '#test/e2e/kit/hands.ts'

/** How one question is answered: what is typed by label, then what is chosen. */
export type Reply = {
  type?: Readonly<Record<string, string>>
  date?: Readonly<Record<string, string>>
  tick?: readonly Name[]
  attach?: Name
}

/** Replies by the question's key, as it stands in the address. */
export type Telling = Readonly<Record<string, Reply>>

/** Tells what happened on the front door; answers the code of the draft. */
export async function begin(hand: Hand, url: string, story: string, door = '/'): Promise<string> {
  await hand.open(url + door)
  await hand.type('发生了什么事', story)
  await hand.pick(/在哪/, /城东区/)
  await hand.send('开始')
  return codeIn(hand)
}

/** Answers page by page until none is left or one is reached that has no reply; answers the questions asked, in order. */
export async function tell(hand: Hand, telling: Telling, until = 'check'): Promise<string[]> {
  const asked: string[] = []
  for (let key = keyIn(hand); key !== until; key = keyIn(hand)) {
    const reply = telling[key]
    if (!reply) throw new Error(`nobody told what to answer to “${key}” at ${hand.page.url()}`)
    asked.push(key)
    await give(hand, reply)
    await hand.send('继续')
    if (keyIn(hand) === key) throw new Error(`“${key}” was refused: ${await hand.page.locator('.errors').textContent()}`)
  }
  return asked
}

/** Fills one page. */
export async function give(hand: Hand, { type = {}, date = {}, tick = [], attach }: Reply): Promise<void> {
  for (const [label, text] of Object.entries(type)) await hand.type(label, text)
  for (const [label, day] of Object.entries(date)) await hand.date(label, day)
  for (const option of tick) await hand.tick(option)
  if (attach) await hand.attach(attach, await photo())
}

/** Sends what was told; answers when the receipt is there. */
export async function file(hand: Hand): Promise<void> {
  await hand.send(/提交|交上去/)
  if (!hand.page.url().endsWith('/receipt')) throw new Error(`no receipt at ${hand.page.url()}`)
}

export const codeIn = ({ page }: Hand): string => new URL(page.url()).pathname.split('/')[2] ?? ''
const keyIn = ({ page }: Hand): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''

/** What the page says. */
export const textOf = async ({ page }: Hand): Promise<string> => (await page.getByRole('main').textContent()) ?? ''

/** Today in China, or so many days later. */
export const today = (days = 0) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)

/** A photo as a phone makes it. */
export const photo = async () => ({
  name: 'IMG_0001.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 60, height: 80, channels: 3, background: '#b08050' } })
    .jpeg()
    .toBuffer(),
})

/** What everybody is asked, answered in the shortest way. */
const common: Telling = {
  notice: { tick: ['我看过了，开始'] },
  forWhom: { tick: ['我自己'] },
  deadline: { tick: ['没有，或者不清楚'] },
  contact: { tick: ['都不要'] },
  place: { type: { 住在: '西宁市城东区，工地宿舍' } },
  documents: {},
}

/** A migrant worker who was not paid: 法律援助法 §31(5), §42(3). */
export const wages: Telling = {
  ...common,
  kind: { tick: ['干了活，不给工钱'] },
  opponent: { type: { 对方: '演示·青海某建筑劳务公司' } },
  amount: { type: { '金额（元）': '1.8万' }, date: { 从哪天起: '2026-03-01' } },
  person: { type: { 姓名: '演示·马建国', 身份证号: '11010519491231002x' } },
  migrant: { tick: ['是，户口在农村'] },
  workProof: { tick: ['工资条、欠条、转账记录', '微信、短信、照片、录音'] },
  documents: { attach: /材料/ },
}

/** Neighbours over a wall, as they answer a mediation's questions: 人民调解法 §17. */
export const neighbours: Telling = {
  notice: common['notice'] ?? {},
  story: { type: { 发生了什么事: '邻居家翻修，把墙砌到我家院子里半米。' } },
  kind: { tick: ['邻里'] },
  opponent: { type: { 对方的姓名或者单位: '演示·马有财', 对方的电话: '13900000411', 对方在哪里: '西宁市城东区，隔壁院' } },
  gap: { tick: ['没有'] },
  wish: { type: { 希望怎么解决: '把墙拆回原来的地方。' } },
  person: { type: { 姓名: '演示·祁秀兰' } },
  contact: { tick: ['都不要'] },
  home: { type: { 您住在哪里: '西宁市城东区，东院' } },
}

/** An old man whose son pays nothing and who is asked about his means: 法律援助法 §31(4), §34. */
export const support = (yuanPerMonth: string): Telling => ({
  ...common,
  kind: { tick: ['不给赡养费、抚养费、扶养费'] },
  opponent: { type: { 对方: '演示·马小军' } },
  opponentHome: { tick: ['不是'] },
  amount: { type: { '金额（元）': '14400' } },
  person: { type: { 姓名: '演示·马登山', 身份证号: '11010519491231002x' } },
  status: { tick: ['都不是'] },
  income: { type: { 一个月收入: yuanPerMonth } },
  household: { type: { 还有几个人: '0', '他们每月一共收入（元）': '0' } },
  verify: { tick: ['我承诺以上都是实话'] },
})

/** A mother whose child is owed by the father: 法律援助法 §40(1), §42(1). */
export const child: Telling = {
  ...common,
  forWhom: { tick: ['我的孩子'] },
  guardian: { tick: ['我就是监护人，我同意'], type: { 监护人姓名: '演示·包秀英' } },
  kind: { tick: ['不给赡养费、抚养费、扶养费'] },
  opponent: { type: { 对方: '演示·孩子的父亲' } },
  opponentHome: { tick: ['不是'] },
  opponentParent: { tick: ['是，我是孩子的另一位父母、监护人'] },
  amount: { type: { '金额（元）': '9600' } },
  person: { type: { 姓名: '演示·包小宝', 身份证号: composeResidentId('630102', '2015-04-18', 991) } },
  filer: { type: { 您的姓名: '演示·包秀英', 您是需要帮助的人的什么人: '妈妈' } },
  status: { tick: ['不满 18 岁，没有固定收入'] },
}

/** A son for his father, hurt at work, who can decide and agrees: 民法典 §165. */
export const father: Telling = {
  ...wages,
  forWhom: { tick: ['我的家人'] },
  kind: { tick: ['干活时受了伤'] },
  filer: { type: { 您的姓名: '演示·马小龙', 您是需要帮助的人的什么人: '儿子' } },
  ability: { tick: ['能，也同意我代办'] },
  contact: { tick: ['只打电话，别发短信'], type: { 电话: '13900000399' } },
  documents: {},
}
