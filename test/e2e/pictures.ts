import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { applyForWages } from './journey.ts'
import { atDesk, phone, screen } from './people.ts'
import { openBrowser, startService } from './service.ts'

/** Takes the pictures of docs/pictures from the demo data. Run by `npm run pictures`. */
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
await mkdir(folder, { recursive: true })
await using service = await startService()
const browser = await openBrowser()
const shot = (name: string) => ({ path: `${folder}${name}.png` })

const wide = await (await screen(browser)).newPage()
await wide.goto(service.url)
await wide.screenshot(shot('portal-home'))

const worker = await (await phone(browser)).newPage()
await worker.goto(service.url)
await worker.screenshot(shot('portal-home-phone'))
const code = await applyForWages(worker, {
  url: service.url,
  story: '老板拖欠我们三个月工资，一直不给，电话也不接了。',
  async seen(page) {
    if (page.url().endsWith('/q/workProof')) await page.screenshot(shot('portal-question-phone'))
    if (page.url().endsWith('/check')) await page.screenshot({ ...shot('portal-check-phone'), fullPage: true })
  },
})
await worker.screenshot({ ...shot('portal-receipt-phone'), fullPage: true })
await worker.goto(`${service.url}/m/${code}`)
await worker.screenshot({ ...shot('portal-track-phone'), fullPage: true })

const director = await atDesk(browser, service.url, 'chengdong.director')
await director.goto(`${service.url}/desk/?purpose=all`)
await director.locator('tbody a').first().waitFor()
await director.screenshot(shot('workbench-queue'))
await director.locator('tbody a').first().click()
await director.getByRole('heading', { level: 2, name: '期限' }).waitFor()
await director.screenshot(shot('workbench-matter'))
const manager = await atDesk(browser, service.url, 'qinghai.manager')
await manager.goto(`${service.url}/desk/measures`)
await manager.getByRole('heading', { level: 2 }).first().waitFor()
await manager.screenshot(shot('workbench-measures'))
await browser.close()
