const prefix = 'typed '
const here = prefix + location.pathname
type Kept = { text: Record<string, string>; isSent?: boolean }
type Field = HTMLInputElement | HTMLTextAreaElement

/** Keeps what is typed into a form that says it may be kept, in this tab alone, until it has arrived. A page with a way out keeps nothing, and forgets what others kept. */
export function keepTyped(): void {
  if (document.querySelector('a.exit')) return forgetTyped()
  forget((key) => key !== here && Boolean(read(key)?.isSent))
  const form = document.querySelector<HTMLFormElement>('form[data-keep]')
  if (!form) return
  // What comes back with an error is what was sent.
  if (document.querySelector('.errors')) forget((key) => key === here)
  const fields = [...form.querySelectorAll<Field>('textarea, input[type=text]')]
  restore(fields)
  const keep = (isSent: boolean) => write({ text: Object.fromEntries(fields.map(({ name, value }) => [name, value])), isSent })
  form.addEventListener('input', () => keep(false))
  form.addEventListener('submit', () => keep(true))
}

/** Forgets everything typed in this tab. */
export const forgetTyped = (): void => forget(() => true)

function restore(fields: readonly Field[]): void {
  const { text = {} } = read(here) ?? {}
  for (const field of fields) if (field.value === field.defaultValue) field.value = text[field.name] ?? field.value
}

/** Storage may be full, or shut: then nothing is kept, and the page works as without this. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

const read = (key: string) => quietly(() => JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null) // written below
const write = (kept: Kept) => quietly(() => sessionStorage.setItem(here, JSON.stringify(kept)))
const forget = (which: (key: string) => boolean) =>
  void quietly(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix) && which(key)) sessionStorage.removeItem(key)
  })
