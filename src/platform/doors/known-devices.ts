import { randomUUID } from 'node:crypto'
import { openCookie, sealCookie } from '#platform/keys/note.ts'
import type { Platform } from '#platform/platform.ts'

/** The accounts that signed in at a browser before, each with what the browser is called there: its tries at their door are counted apart from everybody else's. */
export type KnownDevices = ReadonlyMap<string, string>

/** A quarter: whoever comes to work, and whoever follows a matter, comes that often. */
export const deviceLifeMs = 90 * 86_400_000

/** As many as take turns at one desk. */
const most = 5
const name = 'device'

type Clocked = Pick<Platform, 'keyring' | 'wallClock'>
type Known = { account: string; device: string; until: number }

const read = ({ keyring, wallClock }: Clocked, cookie: string | undefined): Known[] =>
  openCookie(keyring, name, cookie)
    .split('~')
    .map((one) => one.split('.'))
    .flatMap(([account, device, until]) =>
      account && device && Number(until) > wallClock() ? [{ account, device, until: Number(until) }] : [],
    )

/** What a browser's cookie says of it; nothing where it is not ours or too old. */
export const devicesIn = (on: Clocked, cookie: string | undefined): KnownDevices =>
  new Map(read(on, cookie).map(({ account, device }) => [account, device]))

/** The cookie of a browser at which somebody has just signed in to `account`: known there for a quarter from now on, beside the last few others. */
export function withDevice(on: Clocked, cookie: string | undefined, account: string): string {
  const known = read(on, cookie)
  const device = known.find((one) => one.account === account)?.device ?? randomUUID()
  const others = known.filter((one) => one.account !== account).slice(1 - most)
  const all = [...others, { account, device, until: on.wallClock() + deviceLifeMs }]
  return sealCookie(on.keyring, name, all.map((one) => `${one.account}.${one.device}.${one.until}`).join('~'))
}
