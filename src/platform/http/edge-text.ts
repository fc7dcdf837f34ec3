type Step = { readonly value: unknown; readonly key: string | number; readonly parent: Step | null }

/**
 * Where a request first holds text that PostgreSQL cannot store: a NUL or half of a surrogate pair, in a value or a key.
 * A JSON path such as `$.contact["phone"][0]`, or null when all text is clean.
 */
export function findBadText(value: unknown): string | null {
  // A stack of our own: a body nested 100,000 deep must get an answer, not exhaust the call stack.
  const stack: Step[] = [{ value, key: '$', parent: null }]
  for (let step = stack.pop(); step; step = stack.pop()) {
    if (isBadText(step.value) || isBadText(step.key)) return pathOf(step)
    for (const child of childrenOf(step).toReversed()) stack.push(child)
  }
  return null
}

const isBadText = (value: unknown): boolean => typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())

function childrenOf(parent: Step): Step[] {
  const { value } = parent
  if (Array.isArray(value)) return value.map((item: unknown, key) => ({ value: item, key, parent }))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  return Object.entries(value).map(([key, item]) => ({ value: item, key, parent }))
}

function pathOf(last: Step): string {
  const parts: string[] = []
  for (let step = last; step.parent; step = step.parent) parts.push(`[${JSON.stringify(step.key)}]`)
  return `$${parts.toReversed().join('')}`
}
