import type { Field } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView, Options } from './pieces/field.tsx'
import type { ShownField } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError, Hidden, Values } from './pieces/form.tsx'
import { Offices } from './pieces/parts.tsx'
import type { Office } from './pieces/parts.tsx'
import { paths } from './frame/paths.ts'
import { Services } from './pieces/services.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'
import { Urgent } from './pieces/urgent.tsx'

/** A county one can apply in: GB/T 2260 code, name, and the city it lies in. */
export type County = { code: string; name: string; city: string }

export type HomeProps = {
  page: Page
  action: string
  hidden: Hidden
  /** `story` and `county` as typed, when the form comes back. */
  values: Values
  errors: readonly FieldError[]
  counties: readonly County[]
  common: readonly { title: Text; href: string }[]
  /** The place to go where the reader's county is known; else none. */
  office?: { county: County; offices: readonly Office[]; now: Date }
  /** What one is promised beside the box. */
  promise?: Text
  /** What was begun and not sent. */
  unfinishedHref?: string
  /** Other services, each with its door. */
  services?: readonly { title: Text; what: Text; href: string }[]
}

/** The front door: danger first, then what was begun, one box for one's own words, the ways most people take, and a door to walk through. */
export function HomePage({ page, action, hidden, values, errors, counties, common, office, unfinishedHref, services, promise }: HomeProps) {
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'home.title')} isFront>
      <ErrorSummary language={language} errors={errors} />
      <hgroup>
        <h1 className="hello">{say(language, 'home.hello')}</h1>
        {promise && <p className="lead">{pick(promise, language)}</p>}
      </hgroup>
      <Urgent language={language} />
      {unfinishedHref && (
        <section className="goOn">
          <p>{say(language, 'home.unfinished')}</p>
          <a className="button quiet" href={unfinishedHref}>
            {say(language, 'home.goOn')}
          </a>
        </section>
      )}
      <section className="ask">
        <Form action={action} hidden={hidden} submit={say(language, 'home.start')} keepsTyped={!page.exitHref}>
          {[story, countyField(counties)].map((field) => (
            <FieldView key={field.name} language={language} field={field} value={values[field.name]} errors={errors} />
          ))}
        </Form>
        <p className="soft">{say(language, 'home.noAccount')}</p>
      </section>
      <section className="common">
        <h2>{say(language, 'home.common')}</h2>
        <ul className="ways">
          {common.map(({ title, href }) => (
            <li key={href}>
              <a href={href}>{pick(title, language)}</a>
            </li>
          ))}
        </ul>
      </section>
      <Near language={language} office={office} counties={counties} />
      <div className="after">
        {services && <Services language={language} services={services} />}
        {!page.isSignedIn && (
          <section>
            <h2>{say(language, 'home.comeBack')}</h2>
            <p>
              <a className="button quiet" href={paths.comeBack}>
                {say(language, 'home.comeBackHow')}
              </a>
            </p>
          </section>
        )}
      </div>
    </Shell>
  )
}

/** A county chosen, its places shown: a plain form that asks nothing else. */
export function CountyForm({ language, counties, id, chosen = '', submit }: CountyFormProps) {
  return (
    <form className="pick" method="get" action={paths.places}>
      <div className="field">
        <label htmlFor={id}>{say(language, 'place.county')}</label>
        <select id={id} name="county" defaultValue={chosen}>
          <Options language={language} options={countyField(counties).options ?? []} />
        </select>
      </div>
      <button type="submit" className="quiet">
        {submit}
      </button>
    </form>
  )
}

type CountyFormProps = { language: Language; counties: readonly County[]; id: string; chosen?: string; submit: string }

/** Where to walk in: the nearest place by name where the county is known, else how to find it. Never a place that is near to nobody. */
function Near({ language, office, counties }: Pick<CountyFormProps, 'language' | 'counties'> & { office: HomeProps['office'] }) {
  if (!office)
    return (
      <section className="near">
        <h2>{say(language, 'home.where')}</h2>
        <CountyForm language={language} counties={counties} id="near-county" submit={say(language, 'home.whereHow')} />
      </section>
    )
  return (
    <section className="near">
      <h2>{say(language, 'home.near')}</h2>
      <Offices language={language} offices={office.offices} now={office.now} />
      <p>
        <a className="more" href={`${paths.places}?county=${office.county.code}`}>
          {say(language, 'home.morePlaces')}
        </a>
      </p>
    </section>
  )
}

const story: Field = {
  name: 'story',
  kind: 'longText',
  label: { zh: '发生了什么事？', en: 'What happened?' },
  hint: { zh: '用自己的话说几句就行。', en: 'A few sentences in your own words.' },
}

export const countyField = (counties: readonly County[]): ShownField => ({
  name: 'county',
  kind: 'select',
  label: { zh: '您在哪个县、区？', en: 'Which county or district are you in?' },
  options: counties.map(({ code, name, city }) => ({ value: code, label: name, group: city })),
})
