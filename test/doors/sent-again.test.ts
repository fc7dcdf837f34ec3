import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { changeEntry } from '#records/register/register.ts'
import { confine } from '#records/privacy/confinement.ts'
import { approve, askUrgently, urgentAccesses } from '#records/privacy/urgent-access.ts'
import { signedIn, site } from '#test/site.ts'
import { lawyers, plantedCase, registered } from '#test/planted.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  await using app = await site(w)
  for (const who of [cast.guo, cast.liu, cast.bai]) await signedIn(w, app, who)
})
afterAll(() => w[Symbol.asyncDispose]())

test('a matter confined by the same words to the same people is confined once', async () => {
  const m = await plantedCase(w)
  const confines = (reason: string) => w.run(cast.guo, (tx) => confine(tx, m, { accounts: [], because: 'danger', reason }))
  for (const reason of ['对方在找她。', '对方在找她。', '又有人来问。']) await confines(reason)
  const changes = await w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('confinement').select('change').where('matter', '=', m.id).orderBy('id').execute(),
  )
  expect(changes.map(({ change }) => change)).toEqual(['confined', 'renamed'])
})

test('an urgent access asked for and approved once is so, however often either is sent', async () => {
  const m = await plantedCase(w)
  const asks = { code: m.code, because: 'safety', reason: '家属说她被锁在家里。' } as const
  const seen = async () => (await w.run(cast.bai, urgentAccesses)).filter(({ matter }) => matter === m.id)
  await w.run(cast.guo, (tx) => confine(tx, m, { accounts: [], because: 'danger', reason: '对方在找她。' }))
  for (let n = 0; n < 2; n++) await w.run(cast.liu, (tx) => askUrgently(tx, asks))
  const [access, ...more] = await seen()
  expect(more).toEqual([])
  for (let n = 0; n < 2; n++) await w.run(cast.guo, (tx) => approve(tx, access!)) // just asked for
  const { rows } = await w.run(cast.clockwork, (tx) =>
    sql<{ n: number }>`select count(*)::int as n from audit where kind = 'urgentAccess' and matter = ${m.id}`.execute(tx.db),
  )
  expect(rows).toEqual([{ n: 2 }])
})

test('an entry of the register that is changed already as it is asked for stays as it is', async () => {
  await lawyers(w)
  const at = { region: county, id: registered.office }
  const change = () => w.run(cast.guo, (tx) => changeEntry(tx, 'office', at, 1, { values: { phone: '0971-1234567' }, basis: '来电告知' }))
  for (let n = 0; n < 2; n++) await change()
  const row = await w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('office').select(['phone', 'version']).where('id', '=', at.id).executeTakeFirst(),
  )
  expect(row).toEqual({ phone: '0971-1234567', version: 2 })
})
