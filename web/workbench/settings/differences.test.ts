import { describe, expect, it } from 'vitest'
import type { Matter } from '../contract.ts'
import { differences, entriesSince, typedWords } from './differences.ts'
import { fieldsOf } from '../ui/schema-fields.ts'

const fact = (value: string) => ({
  question: 'amount',
  title: '欠您多少钱？',
  rows: [{ label: '金额', value }],
  seq: 1,
  holder: '',
  ofTitle: null,
  source: { by: '当事人', channel: '网上', at: '2026-03-02T01:00:00Z' },
  check: null,
  isShared: false,
  mayShare: false,
})
const matter = (over: Partial<Matter>): Matter =>
  ({
    stateTitle: '审查中',
    facts: [fact('18,000 元')],
    documents: [],
    panels: [],
    clocks: [],
    notes: [],
    timeline: [],
    ...over,
  }) as unknown as Matter // as far as differences look

describe('what changed under an open form', () => {
  it('is said as it was and as it is', () => {
    const paper = { id: 'd1', kindTitle: '身份证明', name: '身份证.jpg' } as Matter['documents'][number] // as far as differences look
    const after = matter({ stateTitle: '已给予援助，待指派', facts: [fact('20,000 元')], documents: [paper] })
    expect(differences(matter({}), after)).toEqual([
      { what: '状态', before: '审查中', after: '已给予援助，待指派' },
      { what: '欠您多少钱？', before: '金额：18,000 元', after: '金额：20,000 元' },
      { what: '材料', before: null, after: '身份证明：身份证.jpg' },
    ])
  })

  it('names what a computation proposes by its panel', () => {
    const reading = { proposal: 'grant', proposalTitle: '给予', at: '2026-03-02T01:00:00Z', steps: [], missing: [] }
    const panels: Matter['panels'] = [{ key: 'turnout', title: '双方到场', note: null, shape: 'reading', reading }]
    expect(differences(matter({}), matter({ panels }))).toEqual([
      { what: '双方到场', before: null, after: expect.stringContaining('给予') },
    ])
  })

  it('is nothing where nothing reads differently', () => {
    expect(differences(matter({}), matter({}))).toEqual([])
  })

  it('is told with who did it, from the first entry not seen', () => {
    const [opened, filed] = [{ seq: 0 }, { seq: 1 }] as Matter['timeline'] // as far as entries are told apart
    expect(entriesSince(matter({ timeline: [opened!] }), matter({ timeline: [opened!, filed!] }))).toEqual([filed])
  })
})

it('what was typed is said in the words of the form', () => {
  const fields = fieldsOf({
    type: 'object',
    properties: {
      missing: { title: '缺少的材料', type: 'array', items: { type: 'string', oneOf: [{ const: 'identity', title: '身份证明' }] } },
      amount: { title: '金额', type: 'integer', format: 'fen' },
      empty: { title: '没填的', type: 'string' },
    },
  })
  expect(typedWords(fields, { missing: ['identity'], amount: 1_800_000 })).toEqual([
    { label: '缺少的材料', value: '身份证明' },
    { label: '金额', value: '18000 元' },
  ])
})
