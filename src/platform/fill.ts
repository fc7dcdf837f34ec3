import { IntlMessageFormat } from 'intl-messageformat'

const made = new Map<string, IntlMessageFormat>()

/** A message with its ICU placeholders filled. Declared texts only: the cache grows with the catalogue, not with the traffic. */
export function fill(text: string, params: Readonly<Record<string, string | number>> = {}): string {
  let format = made.get(text)
  if (!format) made.set(text, (format = new IntlMessageFormat(text, 'zh')))
  return String(format.format(params))
}
