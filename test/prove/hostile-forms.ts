import { setTimeout as pause } from 'node:timers/promises'
import { v7 } from 'uuid'
import { quantile } from '#test/bench/spread.ts'
import type { Place } from '#test/engine/crash-place.ts'
import { startService } from '#test/service.ts'
import { onEachEngine } from './on-each-engine.ts'
import { busy, untilIdle } from './process-figures.ts'
import { form, visitor, whole, type Answered, type Visitor } from './visitor.ts'

/** Issue 9: twenty seconds of hostile forms from one address; the first page of others comes within 300 ms, nineteen times in twenty. */
const asked = { seconds: 20, p95Ms: 300, atOnce: 8 }

/** On both databases, the argument `pglite` or `postgres` on that one alone. */
export const prove = ([only = 'both']: readonly string[]): Promise<boolean> => onEachEngine(only, proveAt)

async function proveAt(engine: string, at: Place): Promise<boolean> {
  const service = await startService(at.dir, at.url)
  try {
    await service.answers()
    await untilIdle(service.pid)
    const other = visitor(service.origin, '127.0.0.3')
    const load = busy()
    const quiet = await pagesFor(other, 3)
    const enemy = visitor(service.origin, '127.0.0.66')
    const draft = await toAmount(enemy)
    const over = performance.now() + asked.seconds * 1000
    const [pages, ...sent] = await Promise.all([
      pagesFor(other, asked.seconds),
      ...Array.from({ length: asked.atOnce }, (_, n) => attack(enemy, draft, { from: n, over })),
    ])
    const figures = { engine, load, quietMs: spread(quiet), pages: pages.length, pageMs: spread(pages), hostile: tally(sent.flat()) }
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
    return (
      spread(pages).p95 <= asked.p95Ms && pages.every(({ status }) => status === 200) && !sent.flat().some(({ status }) => status === 500)
    )
  } finally {
    await service.stop()
  }
}

/** The first page, again and again, as others ask for it. */
async function pagesFor(one: Visitor, seconds: number): Promise<Answered[]> {
  const pages: Answered[] = []
  for (const over = performance.now() + seconds * 1000; performance.now() < over; await pause(50)) pages.push(await one.get('/'))
  return pages
}

/** Answers what comes before the amount, as anybody may. */
async function toAmount(enemy: Visitor): Promise<string> {
  const draft = await enemy.begin()
  const answers: [string, Record<string, string>][] = [
    ['notice', { read: 'yes' }],
    ['forWhom', { who: 'self' }],
    ['kind', { kind: 'wages' }],
    ['opponent', { name: '演示建筑公司' }],
  ]
  for (const [question, answer] of answers) await enemy.post(`${draft}/q/${question}`, form({ key: v7(), ...answer }))
  return draft
}

type Kind = { title: string; send(enemy: Visitor, draft: string): Promise<Answered> }

const multipart = (parts: readonly Buffer[]) => {
  const bytes = [...parts, Buffer.from('--b--\r\n')]
  return { type: 'multipart/form-data; boundary=b', bytes, length: bytes.reduce((sum, part) => sum + part.length, 0) }
}
const fileOf = (name: string, bytes: Buffer) =>
  Buffer.concat([
    Buffer.from(`--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ])
const upload = (name: string, bytes: Buffer) => (enemy: Visitor, draft: string) =>
  enemy.post(`${draft}/add/evidence`, multipart([fileOf(name, bytes)]))

/** Boxes in boxes, each head saying how much is left. */
const boxes = Buffer.concat([
  Buffer.from('\0\0\0\x14ftypisom\0\0\x02\0isom', 'latin1'),
  ...Array.from({ length: 20_000 }, (_, at) => {
    const head = Buffer.from('\0\0\0\0moov', 'latin1')
    head.writeUInt32BE((20_000 - at) * 8)
    return head
  }),
])
const objects = Buffer.from(`%PDF-1.4\n${' obj<</A('.repeat(100_000)}${')>>'.repeat(100_000)}\n%%EOF\n`)

/** What was found to hold a service up, and what could. */
const kinds: readonly Kind[] = [
  {
    title: 'an amount of 340,000 letters',
    send: (enemy, draft) =>
      enemy.post(`${draft}/q/amount`, whole('application/x-www-form-urlencoded', `key=${v7()}&fen=${'百'.repeat(340_000)}`)),
  },
  {
    title: 'an amount of 60 letters',
    send: (enemy, draft) => enemy.post(`${draft}/q/amount`, form({ key: v7(), fen: '亿万'.repeat(30) })),
  },
  {
    title: 'lists in lists',
    send: (enemy) => enemy.post('/api/sign-in', whole('application/json', `${'['.repeat(400_000)}${']'.repeat(400_000)}`)),
  },
  {
    title: 'objects in objects',
    send: (enemy) => enemy.post('/api/sign-in', whole('application/json', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`)),
  },
  { title: 'boxes in a film', send: upload('a.mp4', boxes) },
  { title: 'objects in a PDF', send: upload('a.pdf', objects) },
  {
    title: 'a story of a megabyte',
    send: (enemy) => enemy.post('/', whole('application/x-www-form-urlencoded', `county=630102&story=${'a'.repeat(1_000_000)}`)),
  },
  {
    title: 'a hundred thousand fields',
    send: (enemy, draft) =>
      enemy.post(
        `${draft}/q/amount`,
        whole('application/x-www-form-urlencoded', Array.from({ length: 100_000 }, (_, n) => `f${n}=1`).join('&')),
      ),
  },
  {
    title: 'one field a hundred thousand times',
    send: (enemy, draft) => enemy.post(`${draft}/q/amount`, whole('application/x-www-form-urlencoded', 'fen=1&'.repeat(100_000))),
  },
  {
    title: 'a form of a thousand parts',
    send: (enemy, draft) =>
      enemy.post(`${draft}/q/documents`, multipart(Array.from({ length: 1000 }, (_, n) => fileOf(`${n}.pdf`, Buffer.from('%PDF-'))))),
  },
]

type Sent = Answered & { title: string }

async function attack(enemy: Visitor, draft: string, { from, over }: { from: number; over: number }): Promise<Sent[]> {
  const sent: Sent[] = []
  for (let n = from; performance.now() < over; n++) {
    const { title, send } = kinds[n % kinds.length]! // within the list
    sent.push({ title, ...(await send(enemy, draft).catch(() => ({ status: 0, ms: 0, location: '', text: '' }))) }) // cut off by the service
  }
  return sent
}

const tally = (sent: readonly Sent[]) => {
  const counts: Record<string, Record<number, number>> = {}
  for (const { title, status } of sent) {
    const its = (counts[title] ??= {})
    its[status] = (its[status] ?? 0) + 1
  }
  return counts
}

function spread(answers: readonly Answered[]) {
  const at = (share: number) =>
    Math.round(
      quantile(
        answers.map(({ ms }) => ms),
        share,
      ),
    )
  return { median: at(0.5), p95: at(0.95), max: at(1) }
}
