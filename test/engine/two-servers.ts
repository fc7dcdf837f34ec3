import { setTimeout as pause } from 'node:timers/promises'
import { Wire } from '#test/kills/wire.ts'
import { runCommand, startService, type Service } from '#test/service.ts'
import { Clients } from './crash-clients.ts'
import { line, logOf, type Place } from './crash-place.ts'

/** What came of two servers that were killed in turn; milliseconds. */
export type Ordeal = {
  /** What officers were told was done, and what the log has of them. */
  told: string[]
  logged: string[]
  /** Answers that came from a server about to die, and never reached their client: each was asked for again, mostly of the other server. */
  lost: number
  /** From a kill to the next thing told to be done. */
  gaps: number[]
  /** From a start beside the other server to the first page. */
  restarts: number[]
  /** What each command run beside them came to. */
  beside: Record<string, { code: number | null; printed: string; said: string }>
}

/** Commands an operator runs while the service is up, one in each of the first rounds. */
const commands = ['verify', 'jobs', 'retain'] as const

/** Two servers on one database, begun at the same moment; officers write through both while one after the other is killed and started again. */
export async function killInTurn(at: Place, { rounds, officers }: { rounds: number; officers: number }): Promise<Ordeal> {
  const servers = await Promise.all([startService(at.dir, at.url), startService(at.dir, at.url)])
  await Promise.all(servers.map((server) => server.answers()))
  const wire = new Wire(inTurn(servers))
  const clients = new Clients('same', wire)
  await clients.signIn()
  const work = Promise.all(Array.from({ length: officers }, (_, n) => clients.work(`officer${n}`)))
  const its = { gaps: [] as number[], restarts: [] as number[], beside: {} as Ordeal['beside'] }
  for (let round = 0; round < rounds; round++) {
    await Promise.race([work, pause(Math.random() * 1200)])
    its.gaps.push(await killOne({ wire, clients }, servers, round % 2))
    const command = commands[round]
    const [ran, restart] = await Promise.all([command && runCommand(command, at.dir, at.url), startAgain(at, servers, round % 2)])
    if (command && ran) its.beside[command] = ran
    its.restarts.push(restart)
  }
  clients.stop()
  await work
  await Promise.all(servers.map((server) => server.kill()))
  return { ...its, told: clients.done.map(line).toSorted(), logged: (await logOf(at)).map(line).toSorted(), lost: wire.lost }
}

/** Asks one server, then the other, whether it lives or not. */
function inTurn(servers: readonly Service[]): () => Promise<Service> {
  let asked = 0
  return async () => servers[asked++ % servers.length]! // there are two
}

async function killOne({ wire, clients }: { wire: Wire; clients: Clients }, servers: readonly Service[], which: number): Promise<number> {
  const victim = servers[which]! // one of the two
  await wire.crash(victim, () => victim.kill())
  const killed = performance.now()
  await clients.moreDone()
  return performance.now() - killed
}

async function startAgain(at: Place, servers: Service[], which: number): Promise<number> {
  const { port } = new URL(servers[which]!.origin) // one of the two
  const next = await startService(at.dir, at.url, Number(port))
  const took = await next.answers()
  servers[which] = next
  return took
}
