import { readFile } from 'node:fs/promises'
import { v7 } from 'uuid'
import type { Text } from '#kernel/line.ts'
import { legalAidEntrance } from '#lines/legal-aid/entrance.ts'
import { kinds } from '#lines/legal-aid/journey-options.ts'
import type { Config } from '#platform/config.ts'
import type { Platform } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/route.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { HomePage } from '#portal/home.tsx'
import type { FieldError } from '#portal/form.tsx'
import { PlacePage } from '#portal/place.tsx'
import { PrivacyPage } from '#portal/privacy.tsx'
import { renderPage } from '#portal/render.ts'
import { keptFor } from '#records/retain.ts'
import { nearestOffices, type Office } from '#records/offices.ts'
import { begin } from './begin.ts'
import { countiesOf, isServed, otherServices } from './start.tsx'
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
  const counties = (tx: Tx) => countiesOf(tx, { provinces })
  const showHome = async (tx: Tx, visit: Visit, errors: readonly FieldError[] = []): Promise<PageReply> => {
    const county = text(visit.form['county']) || (visit.query['county'] ?? '')
    const kind = text(visit.form['kind']) || (visit.query['kind'] ?? '')
    const hidden = {
      matter: text(visit.form['matter']) || v7(),
      ...(Object.hasOwn(kinds, kind) && { kind }),
      ...(visit.query['via'] === 'village-room' && { via: 'villageRoom' }),
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
        services={otherServices}
      />,
    )
    return { html, status: errors.length ? 422 : 200 }
  }

  const start = async (on: Platform, visit: Visit, now: Date): Promise<PageReply> => {
    const story = text(visit.form['story']).replaceAll('\r\n', '\n').trim()
    const county = text(visit.form['county'])
    const isHere = await as(on, system, now, (tx) => isServed(tx, county, { provinces }))
    const errors: FieldError[] = [
      ...(story.length < 5
        ? [{ field: 'story', message: story ? 'answer.tooShort' : 'answer.required' } as const]
        : story.length > 4000
          ? [{ field: 'story', message: 'answer.tooLong' } as const]
          : []),
      ...(isHere ? [] : [{ field: 'county', message: 'answer.choose' } as const]),
    ]
    if (errors.length) return as(on, system, now, (tx) => showHome(tx, visit, errors))
    const kind = text(visit.form['kind'])
    const told = { story: { story }, ...(Object.hasOwn(kinds, kind) && { kind: { kind } }) }
    return begin(on, visit, now, { entrance: legalAidEntrance, region: county, told })
  }

  return [
    { method: 'GET', path: '/', id: 'portal.home', handler: (tx, visit) => showHome(tx, visit) },
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
      handler: async (tx, visit) => ({
        html: renderPage(
          <PrivacyPage
            page={pageOf(visit)}
            controller={{ name: '法惠试用单位（演示）', phone: '12348', address: '由部署单位填写' }}
            keeps={keptFor(tx, provinces[0] ?? '')}
          />,
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

/** Where to go back to, if it is a page of ours as a browser reads addresses: it drops tabs and takes a backslash for a slash. */
function ownAddress(back: string): string {
  const here = 'https://fahui.invalid'
  const to = URL.canParse(back, here) ? new URL(back, here) : new URL(here)
  return to.origin === here && back.startsWith('/') ? to.pathname + to.search : '/'
}

const stylesheet = () => readFile(new URL('../../../web/portal/portal.css', import.meta.url), 'utf8')
