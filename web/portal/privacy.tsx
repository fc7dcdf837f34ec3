import { cite } from '#registry/statutes.ts'
import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language, MessageKey } from '#platform/messages/messages.ts'
import { Call, cited, Source } from './pieces/parts.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

/** `controller`: the authority answerable for the data here, and how to reach whoever is asked about it (个人信息保护法 art. 17). */
export type PrivacyProps = {
  page: Page
  controller: { name: string; address: string; phone?: string; email?: string }
  keeps?: readonly Keep[]
}

/** How long a class of records is kept, `days` where a number is set, and what happens then. */
export type Keep = { title: Text; days: number | null; after: Text; basis: Cite; uncertain?: boolean }

const parts: readonly { title: MessageKey; text: MessageKey; cite: Cite }[] = [
  { title: 'privacy.what', text: 'privacy.whatText', cite: cite('个人信息保护法', 6) },
  { title: 'privacy.why', text: 'privacy.whyText', cite: cite('个人信息保护法', 13) },
  { title: 'privacy.readers', text: 'privacy.readersText', cite: cite('个人信息保护法', 51) },
  { title: 'privacy.keep', text: 'privacy.keepText', cite: cite('个人信息保护法', 19) },
  { title: 'privacy.rights', text: 'privacy.rightsText', cite: cite('个人信息保护法', 45) },
  { title: 'privacy.people', text: 'privacy.peopleText', cite: cite('个人信息保护法', 24, 3) },
  { title: 'privacy.children', text: 'privacy.childrenText', cite: cite('个人信息保护法', 31) },
]

/** What is done with what people tell us, in plain words, each with its article. */
export function PrivacyPage({ page, controller, keeps }: PrivacyProps) {
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'privacy.title')} backHref={paths.home}>
      <h1>{say(language, 'privacy.title')}</h1>
      <p className="lead">{say(language, 'privacy.lead')}</p>
      {parts.map(({ title, text, cite }) => (
        <section key={title}>
          <h2>{say(language, title)}</h2>
          <p>{say(language, text)}</p>
          {title === 'privacy.keep' && keeps && <Keeps language={language} keeps={keeps} />}
          {title === 'privacy.readers' && (
            <p>
              <a className="more" href={paths.readings}>
                {say(language, 'readings.title')}
              </a>
            </p>
          )}
          <Source language={language} cite={cite} />
        </section>
      ))}
      <h2>{say(language, 'privacy.contact')}</h2>
      <p>{controller.name}</p>
      <p>{controller.address}</p>
      <p>
        {say(language, 'privacy.ask')}
        {controller.phone && <Call phone={controller.phone} />}{' '}
        {controller.email && (
          <a className="call" href={`mailto:${controller.email}`}>
            {controller.email}
          </a>
        )}
      </p>
    </Shell>
  )
}

/** The table the nightly job carries out, so that this page cannot promise anything else. */
function Keeps({ language, keeps }: { language: Language; keeps: readonly Keep[] }) {
  return (
    <dl className="rows">
      {keeps.map(({ title, days, after, basis, uncertain }) => (
        <div key={title.en}>
          <dt>{pick(title, language)}</dt>
          <dd>
            <p>{days === null ? pick(after, language) : say(language, 'privacy.days', { n: days, after: pick(after, language) })}</p>
            <p className="soft">
              {cited(basis, language)}
              {uncertain && say(language, 'privacy.ours')}
            </p>
          </dd>
        </div>
      ))}
    </dl>
  )
}
