/**
 * Loaded before a service that starts again so many days later: everything in it reads that clock, the embedded database too. What is done
 * again and again is done each second, so that nobody waits a quarter of a minute for days that have passed already.
 */
const aheadMs = Number(process.env['LATER_BY_MS'])
const Now = Date
const repeat = globalThis.setInterval

class Later extends Now {
  constructor(...parts: number[]) {
    super(...((parts.length ? parts : [Now.now() + aheadMs]) as [number])) // one part or several, as any `Date`
  }
  static override now = () => Now.now() + aheadMs
  static override [Symbol.hasInstance](its: unknown) {
    return its instanceof Now
  }
}

globalThis.Date = Later as unknown as DateConstructor // called without `new` nowhere
globalThis.setInterval = ((work: () => void, ms?: number, ...given: unknown[]) =>
  repeat(work, Math.min(ms ?? 0, 1000), ...given)) as typeof setInterval // the same but for its pace
