/** Least, middle and greatest of several measurements. */
export type Spread = { min: number; median: number; max: number }

/** The spread of at least one number. */
export function spread(numbers: readonly number[]): Spread {
  return { min: quantile(numbers, 0), median: quantile(numbers, 0.5), max: quantile(numbers, 1) }
}

/** The value below which the share `q` of the numbers lies, between neighbours linearly. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  if (low === undefined || high === undefined) throw new Error('quantile: nothing was measured')
  return low + (high - low) * (at - Math.floor(at))
}
