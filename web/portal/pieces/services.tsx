import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'

/** Services beside the front door's own, each with its door; nothing where there is none. */
export function Services({ language, services }: { language: Language; services: readonly { title: Text; what: Text; href: string }[] }) {
  if (services.length === 0) return null
  return (
    <section>
      <h2>{say(language, 'home.others')}</h2>
      <ul className="list offices">
        {services.map(({ title, what, href }) => (
          <li key={href}>
            <h3>
              <a href={href}>{pick(title, language)}</a>
            </h3>
            <p>{pick(what, language)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
