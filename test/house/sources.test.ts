import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Cite } from '#kernel/cite.ts'
import { entrances, services } from '#lines/services.ts'
import { findings } from '#lines/legal-aid/means/law.ts'
import { exemptions, matters, noMeansTests, terminations } from '#lines/legal-aid/matters.ts'
import { suitability } from '#lines/legal-aid/assignment/suitability.ts'
import { recordSettings } from '#records/settings/settings.ts'

const root = new URL('../../', import.meta.url)
const page = await readFile(new URL('docs/sources.md', root), 'utf8')

/** Law and article of every row that says something and how it was read. */
const rows = new Set(
  page.split('\n').flatMap((row) => {
    const [, law, article, says, read] = row.split('|').map((cell) => cell.trim())
    return law && article && Number(article) && says && /^(read|secondary|recalled)$/.test(read ?? '') ? [`${law} ${article}`] : []
  }),
)
const missing = (cited: readonly string[]) => [...new Set(cited)].filter((one) => !rows.has(one)).toSorted()

const isCite = (value: object): value is Cite => 'law' in value && 'article' in value

/** Every citation that hangs on declared data, however deep. */
function citesIn(part: unknown, seen = new Set<unknown>()): string[] {
  if (typeof part !== 'object' || part === null || seen.has(part)) return []
  seen.add(part)
  if (isCite(part)) return [`${part.law} ${part.article}`]
  return Object.entries(part).flatMap(([key, value]) => (key === 'schema' || key === 'form' || key === 'asks' ? [] : citesIn(value, seen)))
}

/** Names the comments use for short. */
const short: Record<string, string> = { 刑诉法解释: '最高人民法院关于适用刑事诉讼法的解释', 节假日办法: '全国年节及纪念日放假办法' }

/** Every citation written in a text: `cite('律师法', 39)`, `aid(43)`, and in comments 律师法 art. 39. */
function citesWritten(text: string): string[] {
  const called = [...text.matchAll(/cite\('([^']+)', (\d+)/g)].map(([, law, article]) => `${law} ${article}`)
  const aid = [...text.matchAll(/\baid\((\d+)/g)].map(([, article]) => `法律援助法 ${article}`)
  const personal = [...text.matchAll(/\bpersonalInformation\((\d+)/g)].map(([, article]) => `个人信息保护法 ${article}`)
  const said = [...text.matchAll(/([\u4e00-\u9fff]+(?:法|典|办法|规定|条例|解释)) arts?\. (\d+)/g)].map(
    ([, law = '', article]) => `${short[law] ?? law} ${article}`,
  )
  return [...called, ...aid, ...personal, ...said]
}

test('every article that a line, a rule, a question, a setting or a measure declares has its row', () => {
  const declared = {
    lines: services.map(({ line }) => line),
    findings,
    matters,
    noMeansTests,
    exemptions,
    terminations,
    suitability,
    settings: services.map(({ settings }) => settings),
    recordSettings,
    measures: services.map(({ measures }) => measures),
    entrances,
    journeys: entrances.map(({ journey }) => journey('2026-01-01')),
  }
  for (const [name, part] of Object.entries(declared)) expect(citesIn(part), name).not.toEqual([])
  expect(missing(citesIn(declared))).toEqual([])
})

test('every article named in the source, comments included, has its row', async () => {
  const files = (
    await Promise.all(
      ['src', 'web', 'db', 'seed'].map(async (part) =>
        (await readdir(new URL(part, root), { recursive: true })).map((file) => `${part}/${file}`),
      ),
    )
  ).flat()
  const read = files.filter((file) => /\.(tsx?|sql)$/.test(file) && !/\.test\.|\/dist\/|\/client\//.test(file))
  const texts = await Promise.all(read.map((file) => readFile(new URL(file, root), 'utf8')))
  const cited = texts.flatMap(citesWritten)
  expect(cited.length).toBeGreaterThan(100)
  expect(missing(cited)).toEqual([])
})

test('each law with rows is a statute the code knows, or is named by its comments alone', () => {
  const laws = new Set([...rows].map((row) => row.split(' ')[0] ?? ''))
  expect([...laws].filter((law) => !services.some(({ statutes }) => Object.hasOwn(statutes, law)))).toEqual(['全国年节及纪念日放假办法'])
})
