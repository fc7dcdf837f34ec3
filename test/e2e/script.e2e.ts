import sharp from 'sharp'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { arrive, bring } from './kit/arrive.ts'
import { applyForWages } from './journey.ts'
import { lineTo } from './line.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

const phone = (javaScriptEnabled = true): Promise<BrowserContext> =>
  trial.browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', javaScriptEnabled })

/** Begins an application about one kind of problem; the page is then on its first question. */
async function begin(page: Page, kind: string): Promise<void> {
  await page.goto(`${trial.url}/?kind=${kind}`)
  await page.getByLabel('发生了什么事').fill('家里出了事，说不出口，请帮帮我。')
  await page.getByLabel(/在哪/).selectOption('630102')
  await arrive(page, () => page.getByRole('button', { name: '开始' }).click())
}

/** The weather as a page of the world outside, which no test reaches. */
async function pretendWeather(page: Page): Promise<void> {
  const network = await page.context().newCDPSession(page)
  await network.send('Fetch.enable', { patterns: [{ urlPattern: 'https://www.weather.com.cn/*', resourceType: 'Document' }] })
  const body = Buffer.from('<title>weather</title>').toString('base64')
  const responseHeaders = [{ name: 'content-type', value: 'text/html' }]
  network.on('Fetch.requestPaused', ({ requestId }) => {
    // A page left before it was there takes its request back.
    network.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body }).catch(() => {})
  })
}

describe('leaving a page about violence', () => {
  const away = /weather\.com\.cn/
  const shown = (page: Page) => page.locator('main').textContent()

  /** Goes back as far as it leads; answers the pages met. */
  async function backwards(page: Page): Promise<string[]> {
    const met = []
    while ((await page.goBack()) && page.url() !== 'about:blank') met.push(new URL(page.url()).pathname)
    return met
  }

  test('Shift three times leaves it at once, and Back does not return to it', async () => {
    const page = await (await phone()).newPage()
    await pretendWeather(page)
    await begin(page, 'violence')
    await page.getByLabel('我看过了，开始').check()
    await arrive(page, () => page.getByRole('button', { name: '继续' }).click())
    const there = page.url()
    await arrive(page, async () => {
      for (const key of ['Shift', 'Shift', 'Shift']) await page.keyboard.press(key)
    })
    expect(page.url()).toMatch(away)
    expect(await backwards(page)).toEqual(['/return', '/'])
    await page.goto(there)
    expect(await shown(page)).toContain('回来接着办')
  })

  test('writing capitals does not leave it', async () => {
    const page = await (await phone()).newPage()
    await begin(page, 'violence')
    for (const key of ['Shift+A', 'Shift+B', 'Shift+C', 'Shift', 'x', 'Shift']) await page.keyboard.press(key)
    // Leaving would have emptied the window at the third press.
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  })

  test.each([true, false])(
    'the exit leads away and ends the session, with a script or without (%s); code and secret open the draft again',
    async (hasScript) => {
      const page = await (await phone(hasScript)).newPage()
      await pretendWeather(page)
      await begin(page, 'violence')
      const there = page.url()
      const [code = '', secret = ''] = await page.locator('.saved dd').allTextContents()
      await arrive(page, () => page.getByRole('link', { name: '快速离开本页' }).click())
      expect(page.url()).toMatch(away)
      expect((await backwards(page)).filter((path) => path.startsWith('/m/'))).toEqual([])
      await page.goto(`${trial.url}/return`)
      await page.getByLabel('编号').fill(code)
      await page.getByLabel('口令').fill(secret)
      await arrive(page, () => page.getByRole('button', { name: '打开' }).click())
      expect(page.url()).toBe(there)
    },
  )

  test('a link on another site leads away and ends nothing', async () => {
    const page = await (await phone()).newPage()
    await pretendWeather(page)
    await begin(page, 'wages')
    const there = page.url()
    await page.goto('https://www.weather.com.cn/')
    await arrive(page, () => page.evaluate((to) => location.assign(to), `${trial.url}/exit`))
    expect(page.url()).toMatch(away)
    await page.goto(there)
    expect(page.url()).toBe(there)
  })
})

describe('reading aloud', () => {
  /** The browser's voice: says nothing, and writes down what it was asked to say. */
  const voice = () => {
    const said: { text: string; lang: string }[] = []
    const speaking: SpeechSynthesisUtterance[] = []
    const speechSynthesis = {
      speak: (utterance: SpeechSynthesisUtterance) => {
        speaking.push(utterance)
        said.push({ text: utterance.text, lang: utterance.lang })
      },
      cancel: () => {
        for (const utterance of speaking.splice(0)) utterance.dispatchEvent(new Event('error'))
      },
    }
    Object.assign(window, { said, speaking })
    Object.defineProperty(window, 'speechSynthesis', { value: speechSynthesis })
  }
  const said = (page: Page) => page.evaluate('said') as Promise<{ text: string; lang: string }[]>
  const speaking = (page: Page) => page.evaluate('speaking.length') as Promise<number>

  test.each([
    ['zh', '朗读', 'zh-CN', /亲自|您|谁/],
    ['en', 'Read aloud', 'en-GB', /[a-z]{3}/],
  ])('it reads the question in the page’s language (%s) and stops when pressed again', async (language, name, lang, words) => {
    const context = await phone()
    await context.addInitScript(voice)
    const page = await context.newPage()
    await begin(page, 'wages')
    await page.goto(`${trial.url}/set?language=${language}&back=${new URL(page.url()).pathname}`)
    const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
    const button = page.getByRole('button', { name })
    await button.focus()
    await page.keyboard.press('Enter')
    const heard = await said(page)
    expect(heard.some(({ text }) => title.startsWith(text.trim()))).toBe(true)
    expect(heard.filter((one) => one.lang !== lang && !one.lang.startsWith('zh'))).toEqual([])
    expect(
      heard
        .filter((one) => one.lang === lang)
        .map(({ text }) => text)
        .join(''),
    ).toMatch(words)
    expect([await button.getAttribute('aria-pressed'), (await speaking(page)) > 0]).toEqual(['true', true])
    await page.keyboard.press('Enter')
    expect([await button.getAttribute('aria-pressed'), await speaking(page)]).toEqual(['false', 0])
  })

  test('without a voice, or without a script, there is no button for it', async () => {
    const mute = await phone()
    await mute.addInitScript(() => Reflect.deleteProperty(window, 'speechSynthesis'))
    for (const context of [mute, await phone(false)]) {
      const page = await context.newPage()
      await page.goto(trial.url)
      expect(await page.getByRole('button', { name: '朗读' }).isVisible()).toBe(false)
    }
  })
})

test('an upload cut off half-way, and one whose answer was lost, is sent again with the files still chosen, and kept once', async () => {
  await using line = await lineTo(trial.url)
  const page = await (await phone()).newPage()
  const code = await applyForWages(page, { url: line.url, story: '老板拖欠我们三个月工资，一直不给。' })
  await page.goto(`${line.url}/m/${code}/add/evidence`)
  const picture = await sharp({
    create: { width: 600, height: 600, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
    .png()
    .toBuffer()
  await page.locator('input[type=file]').setInputFiles({ name: 'slip.png', mimeType: 'image/png', buffer: picture })
  line.cutAfter(picture.length / 2)
  await page.getByRole('button', { name: '传上去' }).click()
  const again = page.getByRole('button', { name: '再传一次' })
  await again.waitFor()
  expect(await page.getByRole('alert').textContent()).toContain('没有传上去')
  line.cutAfter(null)
  line.loseAnswerAfter(picture.length / 2)
  await Promise.all([page.locator('.sending').waitFor(), again.click()])
  await page.locator('.unsent').waitFor({ state: 'visible' })
  line.loseAnswerAfter(null)
  expect(await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => input.files?.length)).toBe(1)
  await arrive(page, () => again.click())
  expect(page.url()).toBe(`${line.url}/m/${code}`)
  expect(await page.locator('a[href*="/file/"]').count()).toBe(1)
})

test('a file that is refused is named at its field, and what is then chosen is sent with a bar as well', async () => {
  const page = await (await phone()).newPage()
  await begin(page, 'wages')
  await page.goto(page.url().replace(/q\/\w+/, 'q/documents'))
  await page.locator('input[type=file]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') })
  await bring(page.locator('.errors'), () => page.getByRole('button', { name: '继续' }).click())
  expect(await page.locator('.error:visible').textContent()).toContain('请传照片或者 PDF')
  const ok = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: ok })
  await arrive(page, () => page.getByRole('button', { name: '继续' }).click())
  expect(page.url()).not.toContain('/documents')
})

describe('what was typed and not sent', () => {
  const words = '对方是演示·青海某建筑公司'
  const field = (page: Page) => page.locator('main textarea, main input[type=text]').first()
  const kept = (page: Page) => page.evaluate(() => JSON.stringify(sessionStorage))

  test('is there after a reload, and gone once it has arrived', async () => {
    const page = await (await phone()).newPage()
    await begin(page, 'wages')
    await page.goto(page.url().replace(/q\/\w+/, 'q/opponent'))
    await field(page).fill(words)
    await page.goto(`${trial.url}/privacy`)
    await page.goBack()
    await page.reload()
    expect(await field(page).inputValue()).toBe(words)
    await arrive(page, () => page.getByRole('button', { name: '继续' }).click())
    expect(page.url()).not.toContain('/opponent')
    expect(await kept(page)).not.toContain(words)
  })

  test.each(['violence', 'wages'])('is never kept on a page about violence, nor beside an identity number (%s)', async (kind) => {
    const page = await (await phone()).newPage()
    await begin(page, kind)
    await page.goto(page.url().replace(/q\/\w+/, kind === 'violence' ? 'q/story' : 'q/person'))
    await field(page).fill('')
    await field(page).pressSequentially('不要留下')
    expect(await kept(page)).toBe('{}')
  })

  test('elsewhere is forgotten when a page about violence is opened', async () => {
    const page = await (await phone()).newPage()
    await page.goto(trial.url)
    await page.getByLabel('发生了什么事').pressSequentially('先写在这里')
    expect(await kept(page)).toContain('先写在这里')
    await page.goto(`${trial.url}/?kind=violence`)
    expect(await kept(page)).toBe('{}')
  })
})
