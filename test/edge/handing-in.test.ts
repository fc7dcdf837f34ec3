import { once } from 'node:events'
import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { sweepUnheld } from '#records/privacy/erasure.ts'
import { onePage, plantedCase } from '#test/planted.ts'
import { filled, filledType, rawTo } from '#test/refusing.ts'
import { addDocument } from '#api/matter/documents.ts'
import { handedIn } from '#test/handed-in.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
let m: Matter
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  li = await signedIn(w, app, cast.li)
  m = await plantedCase(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

async function kept(): Promise<string[]> {
  const all: string[] = []
  for await (const hash of w.on.files.list()) all.push(hash)
  return all.toSorted()
}
const other = (n: number) => Buffer.concat([onePage, Buffer.from(`\n%${n}\n%%EOF\n`)])
const handIn = (bytes: Buffer, fields: Record<string, string> = {}, url = `/m/${m.code}/add/evidence`) =>
  rawTo(app)(li, url, filled({ key: v7(), ...fields }, [{ name: 'a.pdf', bytes }]), filledType)

test('bytes of a paper that is refused for what its sender had seen are not kept at all (S-M5)', async () => {
  const before = await kept()
  const answer = await handIn(other(1), { kind: 'evidence', version: '0' }, `/api/matters/${county}/${m.id}/documents`)
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'stale'])
  expect(await kept()).toEqual(before)
})

test('bytes that nothing points at are gone after an hour; a paper’s stay, and those of a form still under way', async () => {
  expect((await handIn(other(2))).statusCode).toBe(303)
  const papers = await kept()
  const { hash } = await w.on.files.put(other(3), { name: 'a.pdf' })
  expect(await sweepUnheld(w.on, w.now())).toBe(0)
  expect(await kept()).toContain(hash)
  const later = { ...w.on, wallClock: () => Date.now() + 2 * 3_600_000 }
  expect(await sweepUnheld(later, w.now())).toBe(1)
  expect(await kept()).toEqual(papers)
})

test('a page that takes no files reads none, and nobody unknown has any kept meanwhile (S-M1)', async () => {
  const form = filled({ phone: '13800000000' }, [{ name: 'a.pdf', bytes: other(5) }])
  expect((await rawTo(app)(li, '/sign-in', form, filledType)).statusCode).toBe(415)
})

test('whoever goes in the midst of handing in leaves nothing on the disk, and takes no room from others (S-M1)', async () => {
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const half = filled({ key: v7() }, [
    { name: 'a.pdf', bytes: Buffer.alloc(20 * 1024 ** 2, '%PDF-') },
    { name: 'b.pdf', bytes: Buffer.alloc(20 * 1024 ** 2, '%PDF-') },
  ])
  const body = Buffer.isBuffer(half) ? half : Buffer.from(half)
  const cookie = [...li.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  // Sixteen times is more than one person may have in hand at once.
  for (let n = 0; n < 16; n++) {
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
    socket.write(
      `POST /m/${m.code}/add/evidence HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nsec-fetch-site: same-origin\r\ncookie: ${cookie}\r\ncontent-type: ${filledType}\r\ncontent-length: ${body.length}\r\n\r\n`,
    )
    await new Promise((sent) => socket.write(body.subarray(0, body.length - 1000), sent))
    socket.destroy()
    await once(socket, 'close')
  }
  // Over a real connection as well: one that is read to its end is not one that was cut.
  const sent = () =>
    fetch(`http://127.0.0.1:${port}/m/${m.code}/add/evidence`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': filledType },
      body: new Uint8Array(Buffer.from(filled({ key: v7() }, [{ name: 'a.pdf', bytes: other(6) }]))),
    })
  await expect.poll(async () => (await sent()).status, { timeout: 20_000 }).toBe(303)
})

test('a matter takes three hundred papers and no more, and its person is told where to bring the others (S-M2)', async () => {
  await w.on.database.owner((db) =>
    sql`insert into document (region, id, matter, kind, name, mime, bytes, hash, added_by, holder, at)
      select region, gen_random_uuid(), matter, kind, name, mime, bytes, hash, added_by, holder, at from document, generate_series(1, 300)
      where matter = ${m.id} and id = (select id from document where matter = ${m.id} limit 1)`.execute(db),
  )
  const before = await kept()
  const page = await handIn(other(4))
  expect([page.statusCode, page.body.includes('请带到窗口')]).toEqual([409, true])
  expect(await kept()).toEqual(before)
})

/** Papers that Li handed in to a matter of hers before, as rows alone. */
const held = (its: Matter, count: number) =>
  w.run(cast.li, (tx) =>
    sql`insert into document (region, id, matter, kind, name, mime, bytes, hash, added_by, at, salt)
        select region, gen_random_uuid(), matter, kind, name, mime, bytes, hash, added_by, at, salt
        from (select * from document where region = ${its.region} and matter = ${its.id} limit 1) one, generate_series(1, ${count})`.execute(
      tx.db,
    ),
  )

test('a matter with three hundred papers takes no more; whoever holds nine hundred in a county hands in no more, and a clerk goes on (S-M1)', async () => {
  const one = (who: Actor, its: Matter, n: number) =>
    w
      .run(who, (tx) => addDocument(tx, its, { kind: 'evidence', key: v7(), upload: handedIn('一页.pdf', other(n)) }))
      .then(
        () => 'taken',
        (error: Refusal) => error.code,
      )
  const full = await plantedCase(w)
  await held(full, 299)
  expect(await one(cast.li, full, 21)).toBe('papers_full')
  const open = await plantedCase(w)
  await held(open, 290)
  expect(await one(cast.li, open, 22)).toBe('taken')
  await held(await plantedCase(w), 290)
  await held(m, 20)
  expect(await one(cast.li, open, 23)).toBe('papers_full_of_you')
  expect(await one(cast.wang, open, 23)).toBe('taken')
})
