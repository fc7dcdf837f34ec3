import { z } from 'zod'
import { reachOf } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { citeText } from '#kernel/cite.ts'
import { stateTitle } from '#kernel/face.ts'
import { services } from '#lines/services.ts'
import { pick } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { accountOf, accountsOf, openCaseCounts, practitionerAt } from '#records/register/practitioners.ts'
import { changeEntry, isAvailable, type EntryAt } from '#records/register/register.ts'
import { practitionerTitle } from '#registry/kinds/practitioners.ts'
import { listChildren, regionNames } from '#records/register/regions.ts'
import { columnsOf, orderOfDays, PractitionerForm, specialisms } from './directory-form.ts'
import { Change, Edit, editOf, EntryPath, found, historyOf } from './directory-entry.ts'
import { subjectOf } from '#api/titles.ts'
import { sql } from 'kysely'
import type { Matter } from '#kernel/matter.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import { seated } from '#engine/standing.ts'

const kindTitle = (kind: string) => pick(practitionerTitle(kind), 'zh')
const specialismTitle = (key: string) => (specialisms[key] ? pick(specialisms[key], 'zh') : key)

const Place = z.object({ code: z.string(), name: z.string() })
const PersonRow = z
  .object({
    region: z.string(),
    id: z.string(),
    name: z.string(),
    kindTitle: z.string(),
    office: z.string(),
    officeName: z.string(),
    licence: z.string().nullable(),
    specialisms: z.array(z.string()),
    openMatters: z.int(),
    isAvailable: z.boolean(),
  })
  .meta({ id: 'PersonRow' })

const PersonView = PersonRow.omit({ isAvailable: true })
  .extend({
    licenceFrom: z.string(),
    licenceTo: z.string().nullable(),
    suspendedFrom: z.string().nullable(),
    suspendedTo: z.string().nullable(),
    assessedYear: z.int().nullable(),
    qualifications: z.array(z.string()),
    hasAccount: z.boolean(),
    standing: z.array(
      z.object({ title: z.string(), isAssignable: z.boolean(), reasons: z.array(z.object({ text: z.string(), article: z.string() })) }),
    ),
    matters: z.array(z.object({ region: z.string(), id: z.string(), title: z.string(), number: z.string(), stateTitle: z.string() })),
    changes: z.array(Change),
    version: z.int(),
    edit: Edit,
  })
  .meta({ id: 'Person' })

type Found = {
  region: string
  id: string
  name: string
  kind: string
  office: string
  officeName: string
  licence: string | null
  specialisms: string[]
  isAvailable: boolean
}
type Asked = {
  under?: string | undefined
  q?: string | undefined
  kind?: string | undefined
  specialism?: string | undefined
  available: '0' | '1'
  after?: string | undefined
  limit: number
}

/** One page of the register under a place, by county and name. */
async function listPeople(tx: Tx, asked: Asked): Promise<Found[]> {
  const under = asked.under ?? reachOf(tx.actor)
  const day = dayOf(tx.now)
  const { rows } =
    await sql<Found>`/*directory.people*/ select p.region, p.id, p.name, p.kind, p.office, o.name as "officeName", p.licence, p.specialisms, ${isAvailable(day)} as "isAvailable"
    from practitioner p join office o on o.region = p.region and o.id = p.office
    where p.region >= ${under} and p.region < ${`${under}:`}
    ${asked.q ? sql`and (strpos(p.name, ${asked.q}) > 0 or strpos(o.name, ${asked.q}) > 0 or p.licence = ${asked.q})` : sql``}
    ${asked.kind ? sql`and p.kind = ${asked.kind}` : sql``} ${asked.specialism ? sql`and ${asked.specialism} = any(p.specialisms)` : sql``}
    ${asked.available === '1' ? sql`and ${isAvailable(day)}` : sql``}
    ${
      asked.after
        ? sql`and (p.region, p.name, p.id) > (select l.region, l.name, l.id from practitioner l
      where l.region >= ${under} and l.region < ${`${under}:`} and l.id = ${asked.after} limit 1)`
        : sql``
    }
    order by p.region, p.name, p.id limit ${asked.limit + 1}`.execute(tx.db)
  return rows
}

async function counted(tx: Tx, people: readonly string[]): Promise<(id: string) => number> {
  const accounts = await accountsOf(tx, people)
  const counts = await openCaseCounts(tx, [...accounts.values()])
  return (id) => counts.get(accounts.get(id) ?? '') ?? 0
}

async function viewPerson(tx: Tx, at: EntryAt): Promise<z.input<typeof PersonView>> {
  const row = found(await practitionerAt(tx, at))
  const openMatters = (await counted(tx, [row.id]))(row.id)
  const account = await accountOf(tx, row.id)
  const standing = services.flatMap(({ staffing }) => staffing?.standing(tx, row, openMatters) ?? [])
  return {
    ...row,
    kindTitle: kindTitle(row.kind),
    specialisms: row.specialisms.map(specialismTitle),
    openMatters,
    hasAccount: account !== undefined,
    qualifications: qualificationsOf(row),
    standing: standing.map(({ title, isAssignable, reasons }) => ({
      title: pick(title, 'zh'),
      isAssignable: isAssignable && account !== undefined,
      reasons: reasons.map(({ text, article }) => ({ text: pick(text, 'zh'), article: citeText(article) })),
    })),
    matters: account ? await mattersOf(tx, account) : [],
    changes: await historyOf(tx, at, PractitionerForm),
    edit: editOf(tx, at, PractitionerForm, {
      suspended_from: row.suspendedFrom,
      suspended_to: row.suspendedTo,
      specialisms: row.specialisms.filter((key) => key in specialisms),
      is_familiar_with_minors: row.isFamiliarWithMinors,
      is_on_standing_committee: row.isOnStandingCommittee,
    }),
  }
}

const qualificationsOf = (row: Awaited<ReturnType<typeof practitionerAt>> & object): string[] => [
  ...(row.isFamiliarWithMinors ? ['熟悉未成年人身心特点'] : []),
  ...(row.criminalDefenceSince ? [`${row.criminalDefenceSince.slice(0, 4)} 年起办理刑事辩护`] : []),
  ...(row.isOnStandingCommittee ? ['现任人大常委会组成人员'] : []),
]

/** Open matters of theirs that exist for whoever asks. */
async function mattersOf(tx: Tx, account: string): Promise<z.input<typeof PersonView>['matters']> {
  const { rows } = await sql<Matter>`/*person.matters*/ select ${matterColumns} from matter m
    where ${seated(account, 'works')} and m.is_open order by m.opened_at limit 50`.execute(tx.db)
  return rows.map((row) => {
    const line = lineOf(tx.on, row.line, row.edition)
    return {
      region: row.region,
      id: row.id,
      title: subjectOf(row, line, 'zh') ?? pick(line.title, 'zh'),
      number: row.number ?? row.code,
      stateTitle: pick(stateTitle(line, row.state, 'desk'), 'zh'),
    }
  })
}

/** A place, those above it by name, and those right below. */
async function placesOf(tx: Tx, under: string) {
  const above = [2, 4, 6].filter((length) => length <= under.length).map((length) => under.slice(0, length))
  const names = await regionNames(tx, above)
  return {
    path: above.flatMap((code) => (names.has(code) ? [{ code, name: names.get(code) ?? '' }] : [])),
    below: under.length < 6 ? (await listChildren(tx, under)).map(({ code, name }) => ({ code, name })) : [],
  }
}

export const peopleRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/directory/people',
    id: 'directory.people',
    summary: 'The register of practitioners under a place',
    query: z.object({
      under: z
        .string()
        .regex(/^\d{2,6}$/)
        .optional(),
      q: z.string().trim().max(60).optional(),
      kind: z.string().max(40).optional(),
      specialism: z.string().max(40).optional(),
      available: z.enum(['0', '1']).default('0'),
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    returns: z.object({
      rows: z.array(PersonRow),
      next: z.string().nullable(),
      path: z.array(Place),
      below: z.array(Place),
      specialisms: z.array(z.object({ key: z.string(), title: z.string() })),
    }),
    async handler(tx, { query }) {
      const rows = await listPeople(tx, query)
      const page = rows.slice(0, query.limit)
      const openMatters = await counted(
        tx,
        page.map(({ id }) => id),
      )
      return {
        rows: page.map(({ kind, ...row }) => ({
          ...row,
          kindTitle: kindTitle(kind),
          specialisms: row.specialisms.map(specialismTitle),
          openMatters: openMatters(row.id),
        })),
        next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
        ...(await placesOf(tx, query.under ?? reachOf(tx.actor))),
        specialisms: Object.keys(specialisms).map((key) => ({ key, title: specialismTitle(key) })),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/directory/people/:region/:id',
    id: 'directory.person',
    summary: 'One practitioner: licence, workload, standing, history',
    params: EntryPath,
    returns: PersonView,
    handler: (tx, { params }) => viewPerson(tx, params),
  }),
  route({
    method: 'POST',
    path: '/api/directory/people/:region/:id',
    id: 'directory.changePerson',
    summary: 'Change what the register says of a practitioner',
    params: EntryPath,
    body: z.object({ version: z.int().min(1), input: PractitionerForm.strict() }).strict(),
    returns: PersonView,
    async handler(tx, { params, body }) {
      orderOfDays(body.input)
      await changeEntry(tx, 'practitioner', params, body.version, {
        values: columnsOf(PractitionerForm, body.input),
        basis: body.input.basis,
      })
      return viewPerson(tx, params)
    },
  }),
]
