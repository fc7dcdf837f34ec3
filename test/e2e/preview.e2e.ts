import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { bring } from './kit/arrive.ts'
import { applyForWages } from './journey.ts'
import { pdfOf } from './kit/paper.ts'
import { atDesk, phone } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()
let desk: Page
beforeAll(async () => {
  desk = await atDesk(trial.browser, trial.url, 'chengdong.reviewer')
  const worker = await phone(trial.browser)
  const code = await applyForWages(await worker.newPage(), { url: trial.url, story: '老板拖欠我们三个月工资，一直不给。' })
  const { rows } = await desk.evaluate(
    () =>
      fetch('/api/queue?purpose=all&limit=100').then((response) => response.json()) as Promise<{
        rows: { code: string; region: string; id: string }[]
      }>, // the API's own shape
  )
  const { region, id } = rows.find((row) => row.code === code)! // it was just filed in their county
  await desk.goto(`${trial.url}/desk/matters/${region}/${id}`)
  await desk.getByRole('heading', { level: 2, name: '材料', exact: true }).waitFor()
})

async function attach(name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const attached = desk.getByRole('button', { name: `查看 ${name}` })
  await bring(attached, () => desk.getByLabel(/^上传/).first().setInputFiles({ name, mimeType, buffer }))
}

/** Whether anything but white has been drawn on the page shown. */
const isDrawn = () =>
  desk.evaluate(() => {
    const canvas = document.querySelector('canvas')!
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value, at) => at % 4 === 0 && value < 128)
  })

test('a PDF is read in the page, turned and left by key, under a policy that compiles nothing', async () => {
  const refused: string[] = []
  desk.on('console', (message) => {
    if (/Content Security Policy|TrustedScript/.test(message.text())) refused.push(message.text())
  })
  await attach('合同.pdf', 'application/pdf', pdfOf('EINS', 'ZWEI'))
  const button = desk.getByRole('button', { name: '查看 合同.pdf' })
  await button.click()
  await desk.getByText('合同.pdf 第 1 页：EINS').waitFor({ state: 'attached' })
  expect(await isDrawn()).toBe(true)
  if (process.env['PICTURES']) await desk.screenshot({ path: `${process.env['PICTURES']}/preview-pdf.png` })
  await desk.keyboard.press('ArrowRight')
  await desk.getByText('合同.pdf 第 2 页：ZWEI').waitFor({ state: 'attached' })
  expect(await desk.getByText('第 2 / 2 页').count()).toBe(1)
  await desk.keyboard.press('Escape')
  await desk.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(refused).toEqual([])
})

test('a photograph is turned upright where it is shown', async () => {
  const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#14508c' } })
    .jpeg()
    .toBuffer()
  await attach('照片.jpg', 'image/jpeg', photo)
  const image = desk.getByRole('img', { name: '照片.jpg' })
  await bring(image, () => desk.getByRole('button', { name: '查看 照片.jpg' }).click())
  await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(300)
  await desk.keyboard.press('r')
  expect(await image.evaluate((element) => getComputedStyle(element).rotate)).toBe('90deg')
  if (process.env['PICTURES']) await desk.screenshot({ path: `${process.env['PICTURES']}/preview-image.png` })
  await desk.keyboard.press('Escape')
})
