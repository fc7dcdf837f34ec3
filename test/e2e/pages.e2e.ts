import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { legalAidJourney } from '#lines/legal-aid/journey/journey.ts'
import { portalPages } from '#api/portal/pages.tsx'
import { cases } from '../../seed/demo-cases.ts'
import { demoPhone } from '../../seed/demo-citizens.ts'
import { stories, type StoryKey } from '../../seed/demo-stories.ts'
import { arrive } from './kit/arrive.ts'
import { applyForWages } from './journey.ts'
import { look, lookInEveryLight, nothingYet, reader, type Looked } from './kit/look.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

const seen = new Set<string>()
/** The test fails with what was wrong, and remembers where it has been. */
function judge({ found, heavy, paths }: Looked): void {
  for (const path of paths) seen.add(path)
  expect({ found, heavy }).toEqual({ found: [], heavy: [] })
}

const pagesOf = (code: string): string[] => [
  `/m/${code}`,
  `/m/${code}/receipt`,
  `/m/${code}/add/identity`,
  `/m/${code}/proxy`,
  '/mine',
  '/',
  '/?county=630102',
  '/?kind=violence',
  '/places?county=630102',
  '/start/data-request',
  '/start/consultation',
  '/readings',
  '/return',
  '/sign-in',
  '/l',
  '/l/AAAA-BBBB-CCCC-DDDD',
  '/privacy',
  '/m/AAAAAAAAAA',
]

test.each([
  { width: 360, lookAt: lookInEveryLight },
  { width: 1280, lookAt: look },
])(
  'every portal page with its style and script weighs at most 14 kB, is accessible by day, by night and in high contrast, and never scrolls sideways ($width px)',
  async ({ width, lookAt }) => {
    const page = await (await reader(trial.browser, width)).newPage()
    const looked = nothingYet()
    const code = await applyForWages(page, {
      url: trial.url,
      story: '老板拖欠我们三个月工资，一直不给。',
      seen: (at) => lookAt(at, looked),
    })
    for (const path of pagesOf(code)) {
      await page.goto(trial.url + path)
      await lookAt(page, looked)
    }
    judge(looked)
  },
)

test('the same in English, every question of the journey among it', async () => {
  const page = await (await reader(trial.browser, 360, 'en-GB')).newPage()
  const looked = nothingYet()
  const code = await applyForWages(page, { url: trial.url, story: 'My employer has not paid us for three months.' })
  await page.goto(`${trial.url}/set?language=en&back=/`)
  const begin = async () => {
    await page.goto(trial.url)
    await page.getByLabel('What happened?').fill('My employer has not paid us for three months.')
    await page.getByLabel(/Which county/).selectOption('630102')
    await arrive(page, () => page.getByRole('button', { name: 'Start' }).click())
    return new URL(page.url()).pathname.split('/')[2] ?? ''
  }
  const draft = await begin()
  for (const path of [...pagesOf(code), ...legalAidJourney.map(({ key }) => `/m/${draft}/q/${key}`)]) {
    await page.goto(trial.url + path)
    await look(page, looked)
  }
  judge(looked)
})

test('on paper the answers read back carry no remark about changing them', async () => {
  const page = await (await reader(trial.browser, 360)).newPage()
  const seenAs: Record<string, boolean> = {}
  const seen = async (at: Page): Promise<void> => {
    if (!at.url().endsWith('/check')) return
    for (const media of ['screen', 'print'] as const) {
      await at.emulateMedia({ media })
      seenAs[media] = await at.getByText('改这一项').first().isVisible()
    }
    await at.emulateMedia({ media: 'screen' })
  }
  await applyForWages(page, { url: trial.url, story: '老板拖欠我们三个月工资，一直不给。', seen })
  expect(seenAs).toEqual({ screen: true, print: false })
})

/** One person of the demo for each way a matter may have gone, whom a telephone reaches; who comes today may not have come yet. */
const tellers = (Object.keys(stories) as StoryKey[]).flatMap((tale) => {
  const at = cases.findIndex((one) => one.tale === tale && one.ago > 0 && !one.isSafeByPage)
  return at < 0 ? [] : [{ tale, phone: demoPhone(at) }]
}) // keys of the record

/** In by the code the carrier brought, to the list of one's own matters. */
async function signedIn(page: Page, phone: string): Promise<void> {
  await page.goto(`${trial.url}/sign-in`)
  await page.getByLabel('手机号').fill(phone)
  await arrive(page, () => page.getByRole('button', { name: '发短信' }).click())
  await page.getByLabel('六位数字').fill(trial.carrier.codeFor(phone))
  await arrive(page, () => page.getByRole('button', { name: '登录' }).click())
  expect(page.url()).toMatch(/\/mine$/)
}

test.each(tellers)(
  'so are the pages of a matter that went as $tale, its decisions to the letter, in Chinese and in English',
  async ({ phone }) => {
    const page = await (await reader(trial.browser, 320)).newPage()
    const looked = nothingYet()
    await signedIn(page, phone)
    for (const [language, lookAt] of [
      ['zh', lookInEveryLight],
      ['en', look],
    ] as const) {
      await page.goto(`${trial.url}/set?language=${language}&back=/mine`)
      await lookAt(page, looked)
      const matters = await linksOn(page, /^\/m\/[0-9A-Z]{10}$/)
      expect(matters).not.toEqual([])
      for (const matter of matters) {
        await page.goto(trial.url + matter)
        await lookAt(page, looked)
        for (const letter of await linksOn(page, /\/decision\/\d+$/)) {
          await page.goto(trial.url + letter)
          await lookAt(page, looked)
        }
      }
    }
    judge(looked)
  },
)

const linksOn = async (page: Page, path: RegExp): Promise<string[]> => {
  const hrefs = await page
    .getByRole('main')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return [...new Set(hrefs.filter((href) => path.test(href)))]
}

/** What answers with another page, or with what is no page. */
const leadElsewhere = new Set([
  'portal.next',
  'portal.backFromAction',
  'portal.backFromObjecting',
  'portal.language',
  'portal.script',
  'portal.document',
  'portal.exit',
  'portal.oidc',
  'portal.oidcBack',
])

/** At a table with two sides, which the demo has none of: `rehearsal.e2e.ts` looks at the first, `by-link.e2e.ts` at the other. */
const atTwoSides = new Set(['portal.share', 'portal.linkProof'])

test('no page of the portal was left out', () => {
  const pages = portalPages({ provinces: ['63'], controller: null, oidc: null, origin: null } as never) // where it stands decides no address
  const missing = pages.filter(({ method, id, path }) => {
    const address = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)
    return method === 'GET' && !leadElsewhere.has(id) && !atTwoSides.has(id) && ![...seen].some((one) => address.test(one))
  })
  expect(missing.map(({ id }) => id)).toEqual([])
})
