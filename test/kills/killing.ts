import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openKeyring } from '#platform/keys/keyring.ts'
import { carrier } from '#test/carrier.ts'
import { Clients, type Manner } from '#test/engine/crash-clients.ts'
import { line, logOf, type Place } from '#test/engine/crash-place.ts'
import { runCommand, startService, type Service } from '#test/service.ts'
import { administrators, oneAccount } from './administrators.ts'
import { jobsLeft, leftIn, numbersAmiss, openAt, sealsGoOn, sweepLater, textsAmiss, type Left } from './afterwards.ts'
import { Book, type Kind } from './book.ts'
import { apply, type Phones, type Sizes } from './citizens.ts'
import { drivenBy } from './driven.ts'
import { fateOf, kinds, type Fate } from './found.ts'
import { enter, officers, roam } from './officers.ts'
import type { Scene } from './person.ts'
import { Wire } from './wire.ts'

/** How long it goes on, how many people are at it at once, and how large their papers are. */
export type Measure = {
  readonly kills: number
  /** When it ends at the latest, with fewer kills. */
  readonly untilMs?: number
  /** What must have been done by then: people go on until it was. */
  readonly needed?: readonly Kind[]
  /** At most so long after a restart the service is killed again, and not before it has said yes so many times. */
  readonly restMs: number
  readonly leastDone?: number
  readonly people: { readonly notices: number; readonly citizens: number; readonly officers: number; readonly accounts: number }
  readonly sizes: Sizes
  /** Told how far it is, in a long run. */
  readonly say?: (words: string) => void
}

/** What came of it. Milliseconds. */
export type Outcome = {
  readonly kills: number
  readonly answersLost: number
  readonly faults: readonly string[]
  readonly notices: { readonly told: readonly string[]; readonly logged: readonly string[] }
  readonly fates: ReadonlyMap<Kind, Fate>
  readonly beforeSweep: Left
  readonly afterSweep: Left
  readonly jobs: readonly string[]
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
  readonly textsCarried: { readonly all: number; readonly different: number }
  readonly sealsGoOn: boolean
  readonly verify: { readonly code: number | null; readonly printed: string }
  readonly restarts: readonly number[]
  readonly routes: ReturnType<typeof drivenBy>
}

type Carrier = Awaited<ReturnType<typeof carrier>>

/** People at work while the service is killed again and again, and what is there of what they were told when it is over. */
export async function killAtWork(at: Place, manner: Manner, measure: Measure): Promise<Outcome> {
  const taken = await carrier()
  const environment = { SMS_GATEWAY_URL: taken.url, TMPDIR: join(at.dir, 'spool'), FAHUI_WITNESS: join(at.dir, 'witness') }
  await mkdir(environment.TMPDIR)
  const start = (port?: number) => startService(at.dir, at.url, port, environment)
  const keeper = keeperOf(await start(), start)
  const wire = new Wire(keeper.next)
  let isOver = false
  const scene: Scene = { keys: await openKeyring(at.dir, 'aes256gcm'), wire, book: new Book(), manner, isOver: () => isOver }
  const clients = new Clients(manner, wire)
  try {
    await (await keeper.next()).answers()
    await everybodyAtWork({ scene, clients, taken, measure }, () =>
      killAgainAndAgain(keeper, scene, measure).finally(() => (isOver = true)),
    )
  } finally {
    isOver = true
    await keeper.end()
  }
  measure.say?.('everybody has ended; looking at what is there')
  const outcome = { ...(await foundAt(at, environment, { scene, taken })), ...(await noticesOf(at, clients)) }
  const { code, printed } = await runCommand('verify', at.dir, at.url, [], environment)
  await taken.close()
  return {
    ...outcome,
    kills: keeper.restarts.length,
    answersLost: wire.lost,
    faults: wire.faults,
    restarts: keeper.restarts,
    verify: { code, printed },
  }
}

type Keeper = ReturnType<typeof keeperOf>

/** The service there is, or the one that is being started in its place. */
function keeperOf(first: Service, start: (port: number) => Promise<Service>) {
  const port = Number(new URL(first.origin).port)
  const restarts: number[] = []
  let running = Promise.resolve(first)
  const begin = async () => {
    const next = await start(port)
    restarts.push(await next.answers())
    return next
  }
  return {
    restarts,
    next: () => running,
    killed: (service: Service) => (running = service.kill().then(begin)),
    end: async () => (await running).kill(),
  }
}

/** At any moment, and each other time just when an answer is on its way. */
async function killAgainAndAgain(keeper: Keeper, { wire, book }: Scene, measure: Measure): Promise<void> {
  const { kills, restMs, leastDone = 0, needed = [], untilMs = Number.POSITIVE_INFINITY, say = () => {} } = measure
  for (let round = 0; round < kills && Date.now() < untilMs; round++) {
    const before = book.yes.length
    await pause(Math.random() * restMs)
    while (book.yes.length < before + leastDone && Date.now() < untilMs) await pause(20)
    const service = await keeper.next()
    if (round % 2) await keeper.killed(service)
    else await wire.crash(service, () => keeper.killed(service))
    if ((round + 1) % 10 === 0) say(`${round + 1} kills`)
  }
  while (!book.hasEach(needed)) await pause(50)
}

type Working = { scene: Scene; clients: Clients; taken: Carrier; measure: Measure }

/** Everybody works until `meanwhile` is over and the scene with it, and ends what they are at. */
async function everybodyAtWork(
  { scene, clients, taken, measure: { people, sizes } }: Working,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const again = async (work: () => Promise<void>) => {
    while (!scene.isOver()) await work()
  }
  const many = (count: number, work: (n: number) => Promise<void>) => Array.from({ length: count }, (_, n) => work(n))
  await clients.signIn()
  const desk = []
  for (const login of officers.slice(0, people.officers)) desk.push(await enter(scene, login))
  const both = people.accounts ? await administrators(scene) : null
  const work = [
    ...many(people.notices, (n) => clients.work(`officer${n}`)),
    ...many(people.citizens, () => again(() => apply(scene, phonesOf(taken), sizes))),
    ...desk.map((officer) => again(() => roam(officer))),
    ...(both ? many(people.accounts, () => again(() => oneAccount(scene, both))) : []),
  ]
  await Promise.race([meanwhile(), Promise.all(work)]).finally(() => clients.stop())
  await Promise.all(work)
}

const phonesOf = ({ taken }: Carrier): Phones => ({
  codeTo: (phone) => /\d{6}/.exec(taken.findLast(({ to, isCode }) => isCode && to === phone)?.text ?? '')?.[0] ?? null,
})

async function noticesOf(at: Place, clients: Clients): Promise<Pick<Outcome, 'notices'>> {
  return { notices: { told: clients.done.map(line).toSorted(), logged: (await logOf(at)).map(line).toSorted() } }
}

type Found = Pick<Outcome, 'fates' | 'beforeSweep' | 'afterSweep' | 'jobs' | 'numbers' | 'texts' | 'textsCarried' | 'sealsGoOn' | 'routes'>

async function foundAt(
  at: Place,
  environment: Readonly<Record<'TMPDIR', string>>,
  { scene: { book }, taken }: Pick<Working, 'scene' | 'taken'>,
): Promise<Found> {
  await using on = await openAt(at, environment)
  const jobs = await jobsLeft(on)
  const beforeSweep = await leftIn(on, at.dir, environment.TMPDIR)
  await sweepLater(on, environment.TMPDIR)
  const afterSweep = await leftIn(on, at.dir, environment.TMPDIR)
  const fates = new Map<Kind, Fate>()
  for (const kind of kinds)
    fates.set(
      kind,
      await fateOf(
        on,
        kind,
        book.told.filter((one) => one.kind === kind),
      ),
    )
  const carried = taken.taken.filter(({ isCode }) => !isCode).map(({ id }) => id)
  const different = new Set(carried)
  return {
    fates,
    beforeSweep,
    afterSweep,
    jobs,
    numbers: await numbersAmiss(on),
    texts: await textsAmiss(on, different, new Set(book.told.flatMap(({ kind, label }) => (kind === 'begun' ? [label] : [])))),
    textsCarried: { all: carried.length, different: different.size },
    sealsGoOn: await sealsGoOn(on),
    routes: drivenBy(book),
  }
}
