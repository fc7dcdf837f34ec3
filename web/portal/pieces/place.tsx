import { say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { CountyForm } from '#portal/home.tsx'
import type { County } from '#portal/home.tsx'
import { Offices } from './parts.tsx'
import type { Office } from './parts.tsx'
import { paths } from '#portal/frame/paths.ts'
import { Shell } from '#portal/frame/shell.tsx'
import type { Page } from '#portal/frame/shell.tsx'

export type PlaceProps = { page: Page; counties: readonly County[]; county?: County; offices: readonly Office[]; now: Date }

/** Where to go in one county, and where that is little in those beside it, for those who would rather talk to someone. */
export function PlacePage({ page, counties, county, offices, now }: PlaceProps) {
  const { language } = page
  const [here, others] = [offices.filter(({ elsewhere }) => !elsewhere), offices.filter(({ elsewhere }) => elsewhere)]
  const title = county ? say(language, 'place.titleIn', { county: county.city + county.name }) : say(language, 'place.title')
  return (
    <Shell page={page} title={title} backHref={paths.home} margin={<Bring language={language} />}>
      <h1>{title}</h1>
      <CountyForm language={language} counties={counties} id="f-county" chosen={county?.code ?? ''} submit={say(language, 'place.show')} />
      {county && (
        <section>
          <h2>{say(language, 'place.offices')}</h2>
          <Offices language={language} offices={here} now={now} />
        </section>
      )}
      {county && others.length > 0 && (
        <section>
          <h2>{say(language, 'place.others')}</h2>
          <Offices language={language} offices={others} now={now} />
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
