import { Refusal } from '#kernel/refusal.ts'

type Step = { readonly value: unknown; readonly key: string | number; readonly parent: Step | null; readonly depth: number }

/** Characters of one text: four times the longest story we take, so that whoever writes too much is told so at the field, and far less than what any matcher or parser behind it needs to grow slow. */
export const longestText = 20_000

/** How deep values may stand within one another: no schema of ours goes beyond ten, and PostgreSQL and our walks would end their stacks. */
const deepest = 32

/**
 * Where a request first holds text that PostgreSQL cannot store: a NUL or half of a surrogate pair, in a value or a key.
 * A JSON path such as `$.contact["phone"][0]`, or null when all text is clean.
 */
export const findBadText = (value: unknown): string | null => pathIn(value, isBadlyWritten)

/** Where a request first holds a text longer than any we take, or values deeper within one another; a JSON path, or null. */
export const findUnbounded = (value: unknown): string | null => pathIn(value, isUnbounded)

/** Refuses what a request says before anything else reads it, in one place and one walk: `bad_text` for what PostgreSQL cannot store, `invalid` for a text without end. */
export function refuseUnreadable(...said: readonly unknown[]): void {
  for (const one of said) {
    let endless: Step | null = null
    const bad = find(one, (step) => {
      if (endless === null && isUnbounded(step)) endless = step
      return isBadlyWritten(step)
    })
    if (bad) throw at(pathOf(bad), 'bad_text', 'bad_text')
    if (endless) throw at(pathOf(endless), 'invalid', 'answer.tooLong')
  }
}

/** Paths name the field as a form does: no more of a deep one than tells where it begins. */
const at = (path: string, code: 'bad_text' | 'invalid', message: string): Refusal =>
  new Refusal({ code, detail: { issues: [{ path: path.replace(/^\$?\.?/, '').slice(0, 200), code, message }] } })

const isBadlyWritten = ({ value, key }: Step): boolean => isBadText(value) || isBadText(key)

const isUnbounded = ({ value, key, depth }: Step): boolean => isLong(value) || isLong(key) || depth > deepest

const isLong = (value: unknown): boolean => typeof value === 'string' && value.length > longestText

function pathIn(value: unknown, isIt: (step: Step) => boolean): string | null {
  const step = find(value, isIt)
  return step && pathOf(step)
}

function find(value: unknown, isIt: (step: Step) => boolean): Step | null {
  // A stack of our own: a body nested 100,000 deep must get an answer, not exhaust the call stack.
  const stack: Step[] = [{ value, key: '$', parent: null, depth: 0 }]
  for (let step = stack.pop(); step; step = stack.pop()) {
    if (isIt(step)) return step
    for (const child of childrenOf(step).toReversed()) stack.push(child)
  }
  return null
}

const isBadText = (value: unknown): boolean => typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())

function childrenOf(parent: Step): Step[] {
  const { value } = parent
  const depth = parent.depth + 1
  if (Array.isArray(value)) return value.map((item: unknown, key) => ({ value: item, key, parent, depth }))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  return Object.entries(value).map(([key, item]) => ({ value: item, key, parent, depth }))
}

function pathOf(last: Step): string {
  const parts: string[] = []
  for (let step = last; step.parent; step = step.parent) parts.push(`[${JSON.stringify(step.key)}]`)
  return `$${parts.toReversed().join('')}`
}
