import { expect, test } from 'vitest'
import { z } from 'zod'
import { citing } from '#kernel/cite.ts'
import { toYou } from '#kernel/letter.ts'
import { line } from '#kernel/line.ts'
import { service, type AskingOf, type EffectsOf } from '#lines/service.ts'
import { effects, letterOf, services } from '#lines/services.ts'
import { askedBy, formSchema } from '#api/form-schema.ts'

const title = { zh: '演示', en: 'Trial' }
const statutes = { 公证法: { adopted: '2017-09-01', inForce: '2018-01-01', short: 'Notary Law' } }
const trial = line({
  key: 'trial',
  edition: '2026-01-01',
  title,
  initial: 'draft',
  openedBy: ['citizen'],
  seats: { applicant: { title, side: 'asks', sees: 'all' } },
  principal: 'applicant',
  desk: {
    kinds: ['notaryOffice'],
    duties: ['intake'],
    title,
    overseer: title,
    role: title,
    numbers: { after: 'notaryOffice', of: ({ n }) => String(n) },
  },
  onOpen: ['tellOpened'],
  states: { draft: { title, waitsFor: ['applicant'] }, sent: { title, waitsFor: [], final: true } },
  documents: {},
  actions: {
    send: {
      title,
      by: ['applicant'],
      from: ['draft'],
      to: 'sent',
      asks: z.object({ words: z.string() }),
      form: z.object({}),
      effects: ['tellSent', 'stamp'],
    },
    note: { title, by: ['applicant'], from: ['draft'], form: z.object({}) },
  },
  limits: {},
})

const rest = { line: trial, statutes, settings: {}, refusals: {}, measures: [], panels: [] }
const letters = { tellOpened: toYou('打开了。', 'Opened.'), tellSent: toYou('交上去了。', 'Sent.') }
const stamp = async () => {}
const send = async (_: unknown, __: unknown, { words }: { words: string }) => ({ length: words.length })

test('a service answers for every effect its line names and prepares every action that asks', () => {
  const whole = service({ ...rest, letters, effects: { stamp }, prepare: { send } })
  expect(Object.keys({ ...whole.letters, ...whole.effects }).toSorted()).toEqual(['stamp', 'tellOpened', 'tellSent'] satisfies EffectsOf<
    typeof trial
  >[])
  expect(Object.keys(whole.prepare)).toEqual(['send'] satisfies AskingOf<typeof trial>[])
})

test('one that is missing or misspelt does not compile', () => {
  const wrong = () => [
    // @ts-expect-error nothing carries out `stamp`
    service({ ...rest, letters, effects: {}, prepare: { send } }),
    // @ts-expect-error the effect is misspelt
    service({ ...rest, letters, effects: { stamp, stampp: stamp }, prepare: { send } }),
    // @ts-expect-error `tellSent` has no letter
    service({ ...rest, letters: { tellOpened: letters.tellOpened }, effects: { stamp }, prepare: { send } }),
    // @ts-expect-error no effect sends this letter
    service({ ...rest, letters: { ...letters, tellNobody: letters.tellSent }, effects: { stamp }, prepare: { send } }),
    // @ts-expect-error `send` asks, and nobody prepares it
    service({ ...rest, letters, effects: { stamp }, prepare: {} }),
    // @ts-expect-error what is asked is words, not a number
    service({ ...rest, letters, effects: { stamp }, prepare: { send: async (_, __, { words }: { words: number }) => ({ words }) } }),
    // @ts-expect-error the statute is misspelt
    citing(statutes)('公正法', 1),
  ]
  expect(wrong).toBeTypeOf('function')
})

test('every letter and effect of the services in the list is carried out by its own line’s word', () => {
  for (const { line: its, letters: sent, effects: done } of services) {
    expect(Object.keys({ ...sent, ...done }).filter((key) => !(key in effects))).toEqual([])
    expect(Object.keys(sent).filter((key) => letterOf(its.key, key) !== sent[key])).toEqual([])
  }
})

test('every panel has a key of its own, and each action one panel at most, whose form asks for one of its candidates', () => {
  for (const { line: its, panels } of services) {
    const keys = panels.map(({ key }) => key)
    expect(keys).toEqual([...new Set(keys)])
    const served = panels.flatMap((panel) => (panel.shape === 'candidates' ? panel.serves : []))
    expect(served).toEqual([...new Set(served)])
    const asks = (key: string) => JSON.stringify(its.actions[key] ? formSchema(askedBy(its.actions[key]), 'zh') : null)
    expect(served.filter((key) => !asks(key).includes('"of":"candidate"'))).toEqual([])
  }
})
