import { z } from 'zod'
import type { Grant } from '#kernel/actor.ts'
import type { Line } from '#kernel/line.ts'
import { entranceOf, services } from '#lines/services.ts'
import type { Opening } from '#lines/service.ts'
import { route } from '#platform/http/route.ts'
import { pick } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { formSchema } from '#api/form-schema.ts'

/** Where a line's matters are taken in by an officer: beside its entrance where people come to it by themselves, too. */
export const openingPath = (line: string): string => (entranceOf(line) ? `/api/${line}/taken-in` : `/api/${line}`)

const Choice = z.object({ value: z.string(), title: z.string() })

/** What the reader may take in for somebody: which service, what its form asks, and in which counties they do. */
export const openingsRoute = route({
  method: 'GET',
  path: '/api/openings',
  id: 'opening.list',
  summary: 'What the reader may take in for somebody, with the form of each',
  returns: z.object({
    rows: z.array(
      z.object({
        line: z.string(),
        title: z.string(),
        path: z.string(),
        schema: z.record(z.string(), z.unknown()),
        counties: z.array(Choice),
      }),
    ),
  }),
  async handler(tx) {
    const rows = await Promise.all(
      services.flatMap(({ line, opening }) => (opening?.atDesk ? [shown(tx, line, { ...opening, atDesk: opening.atDesk })] : [])),
    )
    return { rows: rows.filter(({ counties }) => counties.length > 0) }
  },
})

async function shown(tx: Tx, line: Line, { atDesk, by, asks }: Opening & Required<Pick<Opening, 'atDesk'>>) {
  return {
    line: line.key,
    title: pick(atDesk, 'zh'),
    path: openingPath(line.key),
    schema: formSchema(asks, 'zh'),
    counties: await countiesFor(tx, line, by),
  }
}

/** The counties in which the reader works at a desk of the line: where their office stands, if it is one that handles it, or all that they hold a duty over. */
async function countiesFor(tx: Tx, line: Line, by: Opening['by']) {
  const grants = tx.actor.grants.filter(({ duty, lines }) => by.some((one) => one === duty) && (lines?.includes(line.key) ?? true))
  const kinds = await officeKinds(tx, grants)
  const places = grants.flatMap(({ region, office }) =>
    office === null || line.desk.kinds.includes(kinds.get(office) ?? '') ? [region] : [],
  )
  if (!places.length) return []
  const rows = await tx.db
    .selectFrom('region')
    .select(['code', 'name'])
    .where('level', '=', 3)
    .where('valid_to', 'is', null)
    .where((e) => e.or(places.map((place) => e(e.fn('starts_with', ['code', e.val(place)]), '=', true))))
    .orderBy('code')
    .limit(300)
    .execute()
  return rows.map(({ code, name }) => ({ value: code, title: name }))
}

async function officeKinds(tx: Tx, grants: readonly Grant[]): Promise<ReadonlyMap<string, string>> {
  const ids = grants.flatMap(({ office }) => office ?? [])
  const rows = ids.length ? await tx.db.selectFrom('office').select(['id', 'kind']).where('id', 'in', ids).execute() : []
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}
