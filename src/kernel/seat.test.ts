import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { at } from './actor.ts'
import { nationalCalendar } from '#records/register/holidays.ts'
import { rehearsal } from '#test/lines/rehearsal/rehearsal.line.ts'
import { decide } from './decide.ts'
import { plain } from './line.ts'
import type { Matter } from './matter.ts'

const office = { region: '630102', id: v7() }
const clerk = { id: v7(), kind: 'staff' as const, grants: at(office, 'intake') }
const now = new Date('2026-03-02T10:00:00+08:00')
const matter: Matter = {
  region: office.region,
  id: v7(),
  line: 'rehearsal',
  edition: '1',
  office: office.id,
  code: 'CODE',
  number: null,
  filedAt: now,
  state: 'received',
  version: 1,
  seats: {},
  joint: {},
  documents: [],
  parent: null,
  openedAt: now,
  data: {},
}
const line = plain(rehearsal)
const only = (most: number) => ({ ...line, seats: { ...line.seats, mediator: { ...line.seats['mediator']!, max: most } } }) // the line has one

test.each([
  [1, 'not_applicable'],
  [2, undefined],
])('a seat for %s takes no more than that', (most, code) => {
  const its = { actor: clerk, now, law: { calendar: nationalCalendar(), setting: () => undefined } }
  const appointing = () => decide(only(most), matter, 'appoint', { mediators: [v7(), v7()] }, its)
  if (code) expect(appointing).toThrow(expect.objectContaining({ code, detail: { seat: 'mediator', most } }))
  else expect(appointing()).toMatchObject({ action: 'appoint' })
})
