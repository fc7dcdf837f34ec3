import { v7 } from 'uuid'
import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Answers } from '#kernel/journey/journey.ts'
import { entrances, frontDoor } from '#lines/services.ts'
import type { Config } from '#platform/config.ts'
import { languageFrom } from '#platform/messages/languages.ts'
import type { Platform } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { script } from '#portal/frame/assets.ts'
import { closeSession } from '#platform/doors/sessions.ts'
import { as, system, visitor, type Tx } from '#platform/tx.ts'
import { ChoosePage, serviceField } from '#portal/choose.tsx'
import { HomePage } from '#portal/home.tsx'
import { NextPersonPage } from '#portal/next-person.tsx'
import type { FieldError, Hidden } from '#portal/pieces/form.tsx'
import { PlacePage } from '#portal/pieces/place.tsx'
import { PrivacyPage } from '#portal/privacy.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { keptFor } from '#records/privacy/retain.ts'
import { begin } from './begin.ts'
import { isDraft } from './drafts.ts'
import { commonProblems, countiesOf, isServed, otherServices } from './start.tsx'
import { firstOpen, officesNear } from './office-view.ts'
import { countyIn, isShared, keyed, pageOf, statusOf, text } from './visiting.ts'
import { sql } from 'kysely'
import type { Matter } from '#kernel/matter.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import { isFor } from '#engine/standing.ts'

/** Pages before anyone is known: the front door, places, settings of how pages look. */
export const homePages = ({ provinces, controller }: Pick<Config, 'provinces' | 'controller'>): Page[] => [
  { method: 'GET', path: '/', id: 'portal.home', enter: (on, visit, now) => arrive(on, visit, now, { provinces }) },
  {
    method: 'POST',
    path: '/',
    id: 'portal.start',
    counts: 'floods.drafts',
    enter: (on, visit, now) => start(on, visit, now, { provinces }),
  },
  { method: 'GET', path: '/places', id: 'portal.places', handler: (tx, visit) => showPlaces(tx, visit, { provinces }) },
  {
    method: 'GET',
    path: '/privacy',
    id: 'portal.privacy',
    handler: async (tx, visit) => ({
      html: renderPage(<PrivacyPage page={pageOf(visit)} controller={controller} keeps={keptFor(tx, provinces[0] ?? '')} />),
    }),
  },
  { method: 'GET', path: '/set', id: 'portal.language', handler: async (_, visit) => setPreferences(visit) },
  {
    method: 'GET',
    path: '/portal.js',
    id: 'portal.script',
    handler: async () => ({ asset: script, mime: 'text/javascript; charset=utf-8' }),
  },
]

/** The provinces this service is for. */
type Served = Pick<Config, 'provinces'>

async function showHome(tx: Tx, visit: Visit, served: Served, errors: readonly FieldError[] = []): Promise<PageReply> {
  const list = await countiesOf(tx, served)
  const county = countyIn(visit)
  const home = list.find(({ code }) => code === county)
  const story = text(visit.form['story'])
  const unfinishedHref = await unfinished(tx, visit)
  const html = renderPage(
    <HomePage
      page={pageOf(visit, frontDoor.isPrivate?.({ ...saidBefore(visit).told, story: { story } }))}
      action="/"
      hidden={hiddenIn(visit)}
      values={{ story, county }}
      errors={errors}
      counties={list}
      common={commonProblems}
      {...(home && { office: { county: home, offices: firstOpen(await officesNear(tx, county)), now: tx.now } })}
      {...(unfinishedHref && { unfinishedHref })}
      services={otherServices}
      {...(frontDoor.promise && { promise: frontDoor.promise })}
    />,
  )
  return { html, status: errors.length ? 422 : 200 }
}

/** What the form carries along: the draft it will open, what a link said beforehand, and the room it is filled in. */
const hiddenIn = (visit: Visit): Hidden => ({
  matter: text(visit.form['matter']) || v7(),
  ...saidBefore(visit).query,
  ...(isVillageRoom(visit) && { via: 'villageRoom' }),
})

/**
 * A shared device begins here, so whoever sat at it before is signed out, their code and secret forgotten: at once where its own start page led here, and after a question
 * where another page did, or an old browser does not say.
 */
async function arrive(on: Platform, visit: Visit, now: Date, served: Served): Promise<PageReply> {
  const isNext =
    isVillageRoom(visit) && (visit.session !== null || visit.secrets.size > 0 || visit.sitting.isPrivate || visit.sitting.isShared)
  if (isNext && !visit.isFromHere)
    return { html: renderPage(<NextPersonPage page={pageOf(visit)} hidden={keyed({ via: 'villageRoom' })} />) }
  if (isNext) await forget(on, visit, now)
  const session = isNext ? null : visit.session
  const sitting = isNext ? { isPrivate: false, isShared: false } : visit.sitting
  return as(on, session?.actor ?? visitor, now, (tx) => showHome(tx, { ...visit, session, sitting }, served))
}

async function start(on: Platform, visit: Visit, now: Date, served: Served): Promise<PageReply> {
  const story = text(visit.form['story']).replaceAll('\r\n', '\n').trim()
  const county = text(visit.form['county'])
  const isHere = await as(on, system, now, (tx) => isServed(tx, county, served))
  const errors: FieldError[] = [...flawsOf(story), ...(isHere ? [] : [{ field: 'county', message: 'answer.choose' } as const])]
  if (errors.length) return as(on, system, now, (tx) => showHome(tx, visit, served, errors))
  if (!isVillageRoom(visit) && !isShared(visit)) visit.reply.setPreference('county', county)
  const entrance = chosenFor(visit, story)
  if (!entrance) return showChoice(visit, story)
  return begin(on, visit, now, { entrance, region: county, told: { ...saidBefore(visit).told, story: { story } } })
}

/** What a story may be told to: whatever draws it, then the front door's own. One who came by a link that says what it is about has chosen. */
const drawnBy = (visit: Visit, story: string): readonly Entrance[] =>
  Object.keys(saidBefore(visit).told).length ? [frontDoor] : [...entrances.filter(({ draws }) => draws?.(story)), frontDoor]

/** The one of them it is told to; undefined until the person has chosen among several. */
function chosenFor(visit: Visit, story: string): Entrance | undefined {
  const open = drawnBy(visit, story)
  return open.length === 1 ? open[0] : open.find(({ line }) => line === text(visit.form[serviceField]))
}

/** The story goes along unseen, so that it is told once. */
function showChoice(visit: Visit, story: string): PageReply {
  const errors: FieldError[] = visit.form['asked'] ? [{ field: serviceField, message: 'answer.choose' }] : []
  const html = renderPage(
    <ChoosePage
      page={pageOf(visit, frontDoor.isPrivate?.({ story: { story } }), '/')}
      action="/"
      hidden={{ ...hiddenIn(visit), story, county: text(visit.form['county']), asked: 'yes' }}
      errors={errors}
      services={drawnBy(visit, story)}
    />,
  )
  return { html, status: statusOf(errors) }
}

/** What is wrong with a story: nothing written, too little to go by, or more than the box takes. */
function flawsOf(story: string): FieldError[] {
  if (story.length < 5) return [{ field: 'story', message: story ? 'answer.tooShort' : 'answer.required' }]
  return story.length > 4000 ? [{ field: 'story', message: 'answer.tooLong' }] : []
}

async function showPlaces(tx: Tx, visit: Visit, served: Served): Promise<PageReply> {
  const list = await countiesOf(tx, served)
  const county = list.find(({ code }) => code === (visit.query['county'] ?? visit.county))
  if (county) visit.reply.setPreference('county', county.code)
  const offices = county ? await officesNear(tx, county.code) : []
  return {
    html: renderPage(<PlacePage page={pageOf(visit)} counties={list} {...(county && { county })} offices={offices} now={tx.now} />),
  }
}

function setPreferences(visit: Visit): PageReply {
  const { language, text: size, contrast, back = '/' } = visit.query
  if (language && languageFrom(language) === language) visit.reply.setPreference('language', language)
  if (size === 'large' || size === 'normal') visit.reply.setPreference('text', size)
  if (contrast === 'high' || contrast === 'normal') visit.reply.setPreference('contrast', contrast)
  return { redirect: ownAddress(back) }
}

const names = [...new Set(frontDoor.problems?.flatMap(({ query }) => Object.keys(query)))]

/** What a link to the front door, or the form it led to, said beforehand; nothing where the line does not understand it. */
function saidBefore({ form, query }: Visit): { query: Hidden; told: Readonly<Record<string, Answers>> } {
  const given = Object.fromEntries(names.map((name) => [name, text(form[name]) || (query[name] ?? '')]))
  const told = frontDoor.told?.(given) ?? {}
  return { query: Object.keys(told).length ? given : {}, told }
}

/** The latest application this reader began and did not send. */
async function unfinished(tx: Tx, { session }: Visit): Promise<string | null> {
  if (session?.actor.kind !== 'citizen') return null
  const { rows: matters } = await sql<Matter>`/*unfinished*/ select ${matterColumns} from matter m
    where ${isFor(session.actor.id)} and m.erased_at is null order by m.opened_at desc limit 100`.execute(tx.db)
  const draft = matters.find((matter) => isDraft(tx, matter))
  return draft ? `/m/${draft.code}/next` : null
}

const isVillageRoom = (visit: Visit): boolean => visit.query['via'] === 'village-room' || visit.form['via'] === 'villageRoom'

async function forget(on: Platform, visit: Visit, now: Date): Promise<void> {
  if (visit.session) await closeSession(on, visit.session.tokenHash, now)
  visit.reply.setSession('citizen', null)
  visit.reply.setSecret(null)
}

/** Where to go back to, if it is a page of ours as a browser reads addresses: it drops tabs, takes a backslash for a slash, and what begins with two slashes for another host. */
function ownAddress(back: string): string {
  const here = 'https://fahui.invalid'
  const to = URL.canParse(back, here) ? new URL(back, here) : new URL(here)
  const address = to.pathname + to.search
  return to.origin === here && back.startsWith('/') && !address.startsWith('//') ? address : '/'
}
