/** One event of a calendar text: each property by name, its value unescaped, its parameters as written. */
export type IcsEvent = Readonly<Record<string, { value: string; params: string } | undefined>>

/** Reads RFC 5545 by its grammar, knowing nothing of who wrote it: unfolds, splits properties, unescapes text. Throws on a line that is none. */
export function readIcs(text: string): { head: IcsEvent; events: IcsEvent[] } {
  if (/[^\r]\n/.test(text)) throw new Error('a line does not end with CRLF (RFC 5545 §3.1)')
  for (const line of text.split('\r\n')) if (Buffer.byteLength(line) > 75) throw new Error(`a line is longer than 75 octets: ${line}`)
  const lines = text
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter(Boolean)
    .map(propertyOf)
  const [first, last] = [lines.at(0), lines.at(-1)]
  if (first?.value !== 'VCALENDAR' || last?.name !== 'END') throw new Error('no VCALENDAR')
  const starts = lines.flatMap(({ name, value }, at) => (name === 'BEGIN' && value === 'VEVENT' ? [at] : []))
  const events = starts.map((start) =>
    lines.slice(
      start + 1,
      lines.findIndex(({ name, value }, at) => at > start && name === 'END' && value === 'VEVENT'),
    ),
  )
  return { head: keyed(lines.slice(1, starts[0] ?? -1)), events: events.map(keyed) }
}

type Property = { name: string; params: string; value: string }

function propertyOf(line: string): Property {
  const [, name, params = '', value = ''] = /^([A-Z0-9-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/s.exec(line) ?? []
  if (!name) throw new Error(`no property: ${line}`)
  return { name, params, value: value.replaceAll(/\\([\\;,nN])/g, (_, one: string) => (one.toLowerCase() === 'n' ? '\n' : one)) }
}

const keyed = (properties: readonly Property[]): IcsEvent => Object.fromEntries(properties.map(({ name, ...its }) => [name, its]))
