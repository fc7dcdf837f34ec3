import { readFile } from 'node:fs/promises'
import { v7, validate } from 'uuid'
import type { Text } from '#kernel/line.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { kinds } from '#lines/legal-aid/journey-options.ts'
import { open } from '#platform/act.ts'
import { hashPassword, newMatterCode, newMatterSecret } from '#platform/credentials.ts'
import type { Config } from '#platform/config.ts'
import type { Platform } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/route.ts'
import { closeSession, findSession, openSession } from '#platform/sessions.ts'
import { as, system, visitor, type Tx } from '#platform/tx.ts'
import { HomePage } from '#portal/home.tsx'
import type { FieldError } from '#portal/form.tsx'
import { PlacePage } from '#portal/place.tsx'
import { PrivacyPage } from '#portal/privacy.tsx'
import { renderPage } from '#portal/render.ts'
import { addAnonymousCitizen } from '#records/accounts.ts'
import { saveAnswer } from '#records/answers.ts'
import { nearestOffices, type Office } from '#records/offices.ts'
import { findRegion, listCounties } from '#records/regions.ts'
import { pageOf, text } from './visiting.ts'

/** The problems most people come with; each leads to the same front door with the choice made. */
const common: readonly { title: Text; href: string }[] = Object.entries(kinds).flatMap(([key, { label }]) =>
  key === 'more' ? [] : [{ title: label, href: `/?kind=${key}#f-story` }],
)

const officeView = ({ name, phone, address, hours }: Office) => ({
  name,
  ...(phone && { phone }),
  ...(address && { address }),
  ...(hours && { hours }),
})

/** Pages before anyone is known: the front door, places, settings of how pages look. */
export function homePages({ provinces }: Pick<Config, 'provinces'>): Page[] {
  const counties = async (tx: Tx) =>
    (await listCounties(tx, provinces)).flatMap(({ name: city, counties }) =>
      counties.map(({ code, name }) => ({ code, name: `${city} ${name}` })),
    )

  const showHome = async (tx: Tx, visit: Visit, errors: readonly FieldError[] = []): Promise<PageReply> => {
    const county = text(visit.form['county']) || (visit.query['county'] ?? '')
    const kind = text(visit.form['kind']) || (visit.query['kind'] ?? '')
    const hidden = {
      matter: text(visit.form['matter']) || v7(),
      ...(Object.hasOwn(kinds, kind) && { kind }),
      ...(isVillageRoom(visit) && { via: 'villageRoom' }),
    }
    const html = renderPage(
      <HomePage
        page={pageOf(visit)}
        action="/"
        hidden={hidden}
        values={{ story: text(visit.form['story']), county }}
        errors={errors}
        counties={await counties(tx)}
        common={common}
        offices={(await nearestOffices(tx, county || `${provinces[0]}`)).map(officeView)}
      />,
    )
    return { html, status: errors.length ? 422 : 200 }
  }

  /** A shared device begins here, so whoever sat at it before is signed out, their code and secret forgotten. */
  const arrive = async (on: Platform, visit: Visit, now: Date): Promise<PageReply> => {
    const isNext = isVillageRoom(visit) && (visit.session !== null || visit.secret !== null)
    if (isNext) await forget(on, visit, now)
    return as(on, visitor, now, (tx) => showHome(tx, isNext ? { ...visit, session: null } : visit))
  }

  const start = async (on: Platform, visit: Visit, now: Date): Promise<PageReply> => {
    const story = text(visit.form['story']).replaceAll('\r\n', '\n').trim()
    const county = text(visit.form['county'])
    const known = await as(on, system, now, (tx) => findRegion(tx, county))
    const errors: FieldError[] = [
      ...(story.length < 5
        ? [{ field: 'story', message: story ? 'answer.tooShort' : 'answer.required' } as const]
        : story.length > 4000
          ? [{ field: 'story', message: 'answer.tooLong' } as const]
          : []),
      ...(known?.level === 3 && provinces.includes(county.slice(0, 2)) ? [] : [{ field: 'county', message: 'answer.choose' } as const]),
    ]
    if (errors.length) return as(on, system, now, (tx) => showHome(tx, visit, errors))
    return begin(on, visit, now, { story, county })
  }

  return [
    { method: 'GET', path: '/', id: 'portal.home', enter: arrive },
    { method: 'POST', path: '/', id: 'portal.start', enter: start },
    {
      method: 'GET',
      path: '/places',
      id: 'portal.places',
      async handler(tx, visit) {
        const list = await counties(tx)
        const county = list.find(({ code }) => code === visit.query['county'])
        return {
          html: renderPage(
            <PlacePage
              page={pageOf(visit)}
              counties={list}
              {...(county && { county })}
              offices={(await nearestOffices(tx, county?.code ?? `${provinces[0]}`)).map(officeView)}
            />,
          ),
        }
      },
    },
    {
      method: 'GET',
      path: '/privacy',
      id: 'portal.privacy',
      handler: async (_, visit) => ({
        html: renderPage(
          <PrivacyPage page={pageOf(visit)} controller={{ name: '法惠试用单位（演示）', phone: '12348', address: '由部署单位填写' }} />,
        ),
      }),
    },
    {
      method: 'GET',
      path: '/set',
      id: 'portal.language',
      async handler(_, visit) {
        const { language, text: size, back = '/' } = visit.query
        if (language === 'zh' || language === 'en') visit.reply.setPreference('language', language)
        if (size === 'large' || size === 'normal') visit.reply.setPreference('text', size)
        return { redirect: ownAddress(back) }
      },
    },
    {
      method: 'GET',
      path: '/portal.css',
      id: 'portal.css',
      handler: async () => ({ asset: await stylesheet(), mime: 'text/css; charset=utf-8' }),
    },
  ]
}

const isVillageRoom = (visit: Visit): boolean => visit.query['via'] === 'village-room' || visit.form['via'] === 'villageRoom'

async function forget(on: Platform, visit: Visit, now: Date): Promise<void> {
  if (visit.session) await closeSession(on, visit.session.tokenHash, now)
  visit.reply.setSession('citizen', null)
  visit.reply.setSecret(null)
}

/** Where to go back to, if it is a page of ours as a browser reads addresses: it drops tabs and takes a backslash for a slash. */
function ownAddress(back: string): string {
  const here = 'https://fahui.invalid'
  const to = URL.canParse(back, here) ? new URL(back, here) : new URL(here)
  return to.origin === here && back.startsWith('/') ? to.pathname + to.search : '/'
}

const stylesheet = () => readFile(new URL('../../../web/portal/portal.css', import.meta.url), 'utf8')

/** Opens the draft for someone we may never have met: an account without a name, its session, the matter, and the secret to come back with. The form's matter id makes it safe to post twice. */
async function begin(on: Platform, visit: Visit, now: Date, { story, county }: { story: string; county: string }): Promise<PageReply> {
  const token = visit.session
    ? null
    : await as(on, system, now, async (tx) =>
        openSession(tx, await addAnonymousCitizen(tx), visit.form['via'] === 'villageRoom' ? 'villageRoom' : 'web'),
      )
  const session = visit.session ?? (token ? await findSession(on, token, now) : null)
  if (!session) return { redirect: '/' }
  const [code, secret] = [newMatterCode(), newMatterSecret()]
  const secretHash = await hashPassword(secret)
  const draft = (id: string) =>
    as(on, session.actor, now, (tx) => openDraft(tx, visit, { region: county, id }, { code, secretHash, story, channel: session.channel }))
  const given = validate(text(visit.form['matter'])) ? text(visit.form['matter']) : v7()
  // Somebody new with an id that is taken posted this form before and lost the answer, and with it who they were: they begin again.
  const isLost = (error: unknown) => token !== null && error instanceof Refusal && error.code === 'key_reused'
  const matter = await draft(given).catch((error: unknown) => (isLost(error) ? draft(v7()) : Promise.reject(error)))
  if (token) visit.reply.setSession('citizen', token)
  if (matter.code === code) visit.reply.setSecret({ code, secret })
  return { redirect: `/m/${matter.code}/next` }
}

type Begun = { code: string; secretHash: string; story: string; channel: string }

async function openDraft(tx: Tx, visit: Visit, at: MatterId, { code, secretHash, story, channel }: Begun): Promise<Matter> {
  const opened = await open(tx, 'legal-aid', at, { code, applicant: tx.actor.id, proxy: null, parent: null, data: {} })
  if (opened.code === code) await tx.db.updateTable('matter_code').set({ secret_hash: secretHash }).where('code', '=', code).execute()
  await saveAnswer(tx, opened, 'story', { story }, channel)
  const kind = text(visit.form['kind'])
  if (Object.hasOwn(kinds, kind)) await saveAnswer(tx, opened, 'kind', { kind }, channel)
  return opened
}
