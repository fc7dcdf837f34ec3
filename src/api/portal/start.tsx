import { v7 } from 'uuid'
import { sql } from 'kysely'
import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { entranceOf, entrances, frontDoor } from '#lines/services.ts'
import type { Config } from '#platform/config.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import { formatDay } from '#platform/messages/messages.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { as, system, visitor, type Tx } from '#platform/tx.ts'
import type { FieldError } from '#portal/pieces/form.tsx'
import type { County } from '#portal/home.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { StartPage, type Option } from '#portal/start.tsx'
import { findRegion, listCounties } from '#records/register/regions.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { titleOf } from '#api/titles.ts'
import { begin } from './begin.ts'
import { countyIn, isShared, pageOf, text } from './visiting.ts'
import { isHeldOfAccount } from '#engine/standing.ts'

type Places = Pick<Config, 'provinces'>

/** The door of every line that has an entrance: what it is and who it is for, then where or about what, then the first question. */
export const startPages = (places: Places): Page[] => [
  { method: 'GET', path: '/start/:line', id: 'portal.enter', handler: (tx, visit) => showStart(tx, visit, places) },
  {
    method: 'POST',
    path: '/start/:line',
    id: 'portal.begin',
    counts: 'floods.drafts',
    enter: (on, visit, now) => start(on, visit, now, places),
  },
]

/** Every entrance but the front door's own, for the front door to list. */
export const otherServices = entrances.slice(1).map(({ line, title, what }) => ({ title, what, href: `/start/${line}` }))

/** Where one begins on a line: the front door's own at its box. */
export const doorOf = (line: string, query = ''): string => (line === frontDoor.line ? `/${query}#f-story` : `/start/${line}${query}`)

/** What most people come with, over all lines: on the front door's own line its box with the choice made, else the door of the line. */
export const commonProblems = entrances.flatMap(({ line, problems = [] }) =>
  problems.map(({ title, query }) => ({
    title,
    href: doorOf(line, `?${new URLSearchParams(query).toString()}`),
  })),
)

/** Counties of the provinces served, each with the city it lies in. */
export const countiesOf = async (tx: Tx, { provinces }: Places): Promise<County[]> =>
  (await listCounties(tx, provinces)).flatMap(({ province, name: city, counties }) =>
    counties.map(({ code, name }) => ({ code, name, city: city === province ? city : `${province}${city}` })),
  )

/** Whether people of this county are served here. */
export async function isServed(tx: Tx, county: string, { provinces }: Places): Promise<boolean> {
  const known = await findRegion(tx, county)
  return known?.level === 3 && provinces.includes(county.slice(0, 2))
}

const entranceIn = ({ params }: Visit): Entrance => entranceOf(params['line'] ?? '') ?? refuse('not_found')

async function showStart(tx: Tx, visit: Visit, places: Places, errors: readonly FieldError[] = []): Promise<PageReply> {
  const entrance = entranceIn(visit)
  const about = entrance.isAboutMatter ? await ownMatters(tx, visit) : undefined
  const { title, what, whoFor, cite } = entrance
  const html = renderPage(
    <StartPage
      page={pageOf(visit)}
      service={{ title, what, whoFor, cite }}
      action={visit.path}
      hidden={{ matter: text(visit.form['matter']) || v7() }}
      values={{ county: countyIn(visit), about: text(visit.form['about']) || (visit.query['about'] ?? '') }}
      errors={errors}
      {...(about ? { about } : { counties: await countiesOf(tx, places) })}
      isKnown={visit.session !== null}
    />,
  )
  return { html, status: errors.length ? 422 : 200 }
}

/** The matters that a request can be about, those the reader was asked to answer in among them; not those that are such requests themselves. */
async function ownMatters(tx: Tx, { language }: Visit): Promise<Option[]> {
  const { rows } =
    await sql<Matter>`/*start.about*/ select ${matterColumns} from matter m where ${isHeldOfAccount(tx.actor.id)} and m.erased_at is null order by m.opened_at desc limit 100`.execute(
      tx.db,
    )
  return rows
    .filter(({ line }) => !entranceOf(line)?.isAboutMatter)
    .map((row) => ({
      value: row.code,
      label: titleOf(row, lineOf(tx.on, row.line, row.edition), language),
      hint: `${row.code} · ${formatDay(dayOf(row.openedAt), language)}`,
    }))
}

async function start(on: Platform, visit: Visit, now: Date, places: Places): Promise<PageReply> {
  const entrance = entranceIn(visit)
  if (entrance.isAboutMatter && !visit.session) return { redirect: '/return' }
  const told = entrance.told?.(visit.query) ?? {}
  const where = await as(on, visit.session?.actor ?? visitor, now, (tx) => whereOf(tx, visit, places))
  if (where && !isShared(visit)) visit.reply.setPreference('county', where.region)
  if (where) return begin(on, visit, now, { entrance, told, ...where })
  const error: FieldError = { field: entrance.isAboutMatter ? 'about' : 'county', message: 'answer.choose' }
  return as(on, visit.session?.actor ?? system, now, (tx) => showStart(tx, visit, places, [error]))
}

/** The county it is opened in: chosen, or that of the matter it is about. */
async function whereOf(tx: Tx, visit: Visit, places: Places): Promise<{ region: string; parent?: string } | null> {
  if (!entranceIn(visit).isAboutMatter) {
    const region = text(visit.form['county'])
    return (await isServed(tx, region, places)) ? { region } : null
  }
  const { rows } = await sql<{
    region: string
    id: string
  }>`select m.region, m.id from matter m where m.code = ${text(visit.form['about'])} and ${isHeldOfAccount(tx.actor.id)} and m.erased_at is null`.execute(
    tx.db,
  )
  return rows[0] ? { region: rows[0].region, parent: rows[0].id } : null
}
