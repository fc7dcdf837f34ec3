import { say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'

const lines = [
  { number: '110', message: 'home.call110' },
  { number: '12333', message: 'home.call12333' },
  { number: '12338', message: 'home.call12338' },
  { number: '12355', message: 'home.call12355' },
  { number: '12348', message: 'home.call12348' },
] as const

type Hotline = (typeof lines)[number]['number']

/** Numbers to ring before reading anything else: all of them, or those that fit. */
export function Urgent({ language, only }: { language: Language; only?: readonly Hotline[] }) {
  const shown = lines.filter(({ number }) => only?.includes(number) ?? true)
  return (
    <section className="urgent" aria-labelledby="urgent">
      <h2 id="urgent">{say(language, 'home.urgent')}</h2>
      <ul>
        {shown.map(({ number, message }) => (
          <li key={number}>
            <a href={`tel:${number}`}>
              <b>{number}</b> {say(language, message)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
