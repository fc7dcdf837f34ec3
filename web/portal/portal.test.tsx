import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { formSchema } from '#api/form-schema.ts'
import { choice, day, fen, reason, yes } from '#kernel/form.ts'
import { legalAidJourney } from '#lines/legal-aid/journey/journey.ts'
import type { Language } from '#platform/messages/messages.ts'
import { fieldsOf } from './pieces/action-form.tsx'
import { script, style } from './frame/assets.ts'
import { questionSamples, samplePage, samples, workerAnswers } from './portal.samples.tsx'
import { QuestionPage } from './question.tsx'
import { renderPage } from './frame/render.ts'
import { rowsOf } from './shown.ts'
import { actionInput, judge, typed } from './typed.ts'

const languages: Language[] = ['zh', 'en']
const pages = languages.flatMap(pagesIn)
function pagesIn(language: Language): [string, string][] {
  return [
    ...Object.entries(samples(samplePage(language))).map(([name, page]): [string, string] => [`${name} (${language})`, renderPage(page)]),
    ...questionSamples(samplePage(language)).map((page, i): [string, string] => [`question ${i + 1} (${language})`, renderPage(page)]),
  ]
}
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, found = '']) => found)
const ids = (html: string) => all(html, / id="([^"]+)"/g)
const questionOf = (key: string) => legalAidJourney.find((question) => question.key === key)! // the journey declares it

describe.each(pages)('page %s', (_, html) => {
  test('weighs at most 14 kB with its style and script', () => {
    expect(gzipSync(html).length + gzipSync(script).length).toBeLessThanOrEqual(14 * 1024)
  })

  test('has one heading of the first level, one main part, a language and a way to skip to it', () => {
    expect(all(html, /<(h1)[ >]/g)).toHaveLength(1)
    expect(html).toMatch(/^<!doctype html><html lang="(zh-CN|en-GB)"/)
    expect(html).toContain('href="#main"')
    expect(ids(html)).toContain('main')
  })

  test('carries the one style that the policy lets through, no script within it and no handler', () => {
    expect(all(html, /<style>(.*?)<\/style>/gs)).toEqual([style])
    expect(html.replace(/<style>.*?<\/style>/s, '')).not.toMatch(/<style|<script(?! src="[^"]+" defer="")| style=| on[a-z]+=/i)
  })

  test('labels every control, and gives no name twice', () => {
    const controls = all(html, /<(?:input(?! type="hidden")|select|textarea)[^>]* id="([^"]+)"/g)
    const bare = all(html, /<((?:input(?! type="hidden")|select|textarea)(?![^>]* id=)[^>]*)>/g)
    const labelled = new Set(all(html, /<label for="([^"]+)"/g))
    expect(bare).toEqual([])
    expect(controls.filter((id) => !labelled.has(id))).toEqual([])
    expect(new Set(ids(html)).size).toBe(ids(html).length)
  })

  test('leads every link, error and description on the page to something that is there', () => {
    const there = new Set(ids(html))
    const described = all(html, / aria-(?:describedby|labelledby)="([^"]+)"/g).flatMap((list) => list.split(' '))
    expect([...all(html, /href="#([^"]+)"/g), ...described].filter((id) => !there.has(id))).toEqual([])
  })

  test('names every error beside its field and in the summary', () => {
    const beside = all(html, /<p class="error" id="([^"]+)-error"/g)
    expect(all(html, /<li><a href="#([^"]+)"/g).filter((id) => ids(html).includes(`${id}-error`))).toEqual(beside)
  })
})

describe('what people type', () => {
  test('a script in a name comes out as text', () => {
    const values = { name: '"><script>alert(1)</script>' }
    const html = renderPage(
      <QuestionPage page={samplePage('zh')} question={questionOf('person')} values={values} errors={[]} action="/a" hidden={{}} left={1} />,
    )
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;')
  })

  test('comes back as typed when it is refused', () => {
    const question = questionOf('amount')
    const values = typed(question.fields, { fen: '大概三万', since: '2026-02-30' })
    const result = judge(question, values)
    expect(result).toEqual({
      errors: [
        { field: 'fen', message: 'answer.number' },
        { field: 'since', message: 'answer.date.impossible' },
      ],
    })
    const errors = 'errors' in result ? result.errors : []
    const html = renderPage(
      <QuestionPage page={samplePage('zh')} question={question} values={values} errors={errors} action="/a" hidden={{}} left={1} />,
    )
    expect(html).toContain('value="大概三万"')
    expect(html).toContain('href="#f-since"')
  })

  test('is read in the field’s own terms: full-width digits, spaces, dashes and wan', () => {
    expect(typed(questionOf('amount').fields, { fen: ' １.2万 ', since: '' })).toEqual({ fen: 1_200_000 })
    expect(typed(questionOf('contact').fields, { safe: 'both', phone: '+86 138-0000-0000', when: '' })).toEqual({
      safe: 'both',
      phone: '13800000000',
    })
    expect(typed(questionOf('person').fields, { name: '王秀英', idNumber: '630102 19900307 123x' })).toEqual({
      name: '王秀英',
      idNumber: '63010219900307123X',
    })
    expect(typed(questionOf('workProof').fields, { proofs: 'contract' })).toEqual({ proofs: ['contract'] })
  })

  test('is never a field nobody asked for', () => {
    expect(typed(questionOf('story').fields, { story: '老板欠我工钱', state: 'granted' })).toEqual({ story: '老板欠我工钱' })
  })

  test('is answered in full by the worker of the samples, and every answer is read back', () => {
    const refused = legalAidJourney.filter(({ key, schema }) => key in workerAnswers && !schema.safeParse(workerAnswers[key]).success)
    expect(refused.map(({ key }) => key)).toEqual([])
    const rows = rowsOf(legalAidJourney, workerAnswers, 'zh')
    expect(rows.map(({ key }) => key)).toEqual(Object.keys(workerAnswers))
    expect(rows.find(({ key }) => key === 'amount')?.lines).toEqual(['金额（元）：27,000 元', '从哪天起：2026年3月1日（周日）'])
  })

  test('an answer that no longer applies is not read back', () => {
    const rows = rowsOf(legalAidJourney, { ...workerAnswers, kind: { kind: 'violence' } }, 'zh')
    expect(rows.map(({ key }) => key)).not.toContain('migrant')
  })
})

describe('safety', () => {
  test('where someone may be watching, the window’s title says nothing and a way out is at hand', () => {
    const page = { ...samplePage('zh'), exitHref: '/exit' }
    const html = renderPage(
      <QuestionPage page={page} question={questionOf('kind')} values={{}} errors={[]} action="/a" hidden={{}} left={1} />,
    )
    expect(html).toContain('<title>法惠</title>')
    expect(html).toContain('<a class="exit" href="/exit"')
  })
})

describe('a form drawn from its schema', () => {
  const form = z.object({
    reason: reason({ zh: '原因', en: 'Reason' }),
    isUrgent: yes({ zh: '急', en: 'Urgent' }),
    on: day({ zh: '哪天', en: 'Day' }).optional(),
    paid: fen({ zh: '金额', en: 'Amount' }).optional(),
    how: choice({ zh: '方式', en: 'Way' }, { letter: { zh: '信', en: 'Letter' }, call: { zh: '电话', en: 'Call' } }),
  })
  const schema = formSchema(form, 'zh')
  const fields = fieldsOf(schema)

  test('gives each property the control it needs, in the words the line declares', () => {
    expect(fields.map(({ label, kind, optional }) => [label, kind, optional])).toEqual([
      ['原因', 'longText', undefined],
      ['急', 'checkboxes', true],
      ['哪天', 'date', true],
      ['金额', 'yuan', true],
      ['方式', 'radio', undefined],
    ])
    expect(fields.at(-1)?.options?.map(({ label }) => label)).toEqual(['信', '电话'])
  })

  test('what is typed into it passes the form itself, an unticked box as false', () => {
    const typedIn = { reason: '对方已经把钱给我了，不办了', paid: '300', how: 'letter', on: '' }
    const input = actionInput(schema, fields, typedIn)
    expect(form.strict().parse(input)).toEqual({ reason: typedIn.reason, isUrgent: false, paid: 30_000, how: 'letter' })
    expect(actionInput(schema, fields, { isUrgent: 'true' })).toEqual({ isUrgent: true })
  })
})
