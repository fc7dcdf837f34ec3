/** How far the database's clock may run from this process's own count of seconds between two readings: more than any clock drifts or is nudged, less than any limit of law. */
const leapMs = 60_000

/**
 * The database's time, or null where it has leapt since it was read last: a limit that passes because somebody set a clock has not passed. `read` asks the
 * database, `monotonic` counts milliseconds and knows no date. The last time that was believed stays the measure, so that time which comes back is believed again;
 * a clock that was rightly put forward is believed from the next start on.
 */
export function steadyTime(read: () => Promise<Date>, monotonic: () => number = () => performance.now()): () => Promise<Date | null> {
  let last: { at: number; counted: number } | undefined
  return async () => {
    const at = await read()
    const reading = { at: at.getTime(), counted: monotonic() }
    if (last && Math.abs(reading.at - last.at - (reading.counted - last.counted)) > leapMs) return null
    last = reading
    return at
  }
}
