import { readdir, readFile } from 'node:fs/promises'

/** Who had the processor, in shares of all cores: the benchmark's own process, the programs it started and waited for, the database, everybody else (with what the host took), and nobody. */
export type CpuShares = Record<'own' | 'started' | 'postgres' | 'others' | 'idle', number>
type Ticks = { own: number; started: number; postgres: number; busy: number; idle: number }

/** Runs `work` and says who had the processor meanwhile; `postmaster` is the database's first process. */
export async function withCpu<T>(postmaster: number, work: () => Promise<T>): Promise<{ result: T; cpu: CpuShares }> {
  const before = await ticks(postmaster)
  const result = await work()
  const after = await ticks(postmaster)
  const all = after.busy + after.idle - before.busy - before.idle
  const share = (key: keyof Ticks) => (after[key] - before[key]) / all
  const [own, started, postgres] = [share('own'), share('started'), share('postgres')]
  return { result, cpu: { own, started, postgres, others: Math.max(0, share('busy') - own - started - postgres), idle: share('idle') } }
}

/** The mean of several. */
export const meanCpu = (all: readonly CpuShares[]): CpuShares => {
  const mean = (key: keyof CpuShares) => all.reduce((sum, one) => sum + one[key], 0) / all.length
  return { own: mean('own'), started: mean('started'), postgres: mean('postgres'), others: mean('others'), idle: mean('idle') }
}

async function ticks(postmaster: number): Promise<Ticks> {
  const [self, first] = [await statOf(process.pid), await statOf(postmaster)]
  const live = (await allStats()).filter(({ parent }) => parent === postmaster)
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, ...rest] = ((await readFile('/proc/stat', 'utf8')).split('\n')[0] ?? '')
    .split(/\s+/)
    .slice(1, 9)
    .map(Number)
  return {
    own: self.own,
    started: self.reaped,
    postgres: first.own + first.reaped + live.reduce((sum, one) => sum + one.own, 0),
    busy: rest.reduce((sum, one) => sum + one, user + nice + system),
    idle: idle + wait,
  }
}

type Stat = { parent: number; own: number; reaped: number }

async function allStats(): Promise<Stat[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(pids.map((pid) => statOf(Number(pid)).catch(() => ({ parent: 0, own: 0, reaped: 0 })))) // it has ended meanwhile
}

/** proc(5): after the name in brackets come state and parent; 14 to 17 are user and system ticks, its own and of children that ended. */
async function statOf(pid: number): Promise<Stat> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15)
  return { parent: fields[1] ?? 0, own: user + system, reaped: reapedUser + reapedSystem }
}
