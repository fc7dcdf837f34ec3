import { say } from '#platform/messages.ts'
import type { Language } from '#platform/messages.ts'
import type { County } from './home.tsx'
import { Offices } from './parts.tsx'
import type { Office } from './parts.tsx'
import { paths } from './paths.ts'
import { Shell } from './shell.tsx'
import type { Page } from './shell.tsx'

export type PlaceProps = { page: Page; counties: readonly County[]; county?: County; offices: readonly Office[]; now: Date }

/** Where to go in one county, for those who would rather talk to someone. */
export function PlacePage({ page, counties, county, offices, now }: PlaceProps) {
  const { language } = page
  const title = county ? say(language, 'place.titleIn', { county: county.name }) : say(language, 'place.title')
  return (
    <Shell page={page} title={title} backHref={paths.home} margin={<Bring language={language} />}>
      <h1>{title}</h1>
      <form className="pick" method="get" action={paths.places}>
        <div className="field">
          <label htmlFor="f-county">{say(language, 'place.county')}</label>
          <select id="f-county" name="county" defaultValue={county?.code ?? ''}>
            <option value="">{say(language, 'form.choose')}</option>
            {counties.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="quiet">
          {say(language, 'place.show')}
        </button>
      </form>
      {county && (
        <section>
          <h2>{say(language, 'place.offices')}</h2>
          <Offices language={language} offices={offices} now={now} />
        </section>
      )}
    </Shell>
  )
}

const Bring = ({ language }: { language: Language }) => (
  <section>
    <h2>{say(language, 'place.bring')}</h2>
    <p>{say(language, 'place.bringWhat')}</p>
  </section>
)
