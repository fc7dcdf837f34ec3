import { openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { v7 } from 'uuid'
import { over, type Actor, type Duty } from '#kernel/actor.ts'
import { replay } from '#kernel/decide.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { declared, effects, serviceSettings } from '#lines/services.ts'
import { act, open, openReferred } from '#engine/act.ts'
import { addProvincialOffices } from './offices.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { loginsOf } from '#platform/database/logins.ts'
import { openCopy, openPostgres, type Database } from '#platform/database/database.ts'
import { noScanner } from '#platform/files/scanner.ts'
import { fileStore } from '#platform/files/file-store.ts'
import { folderBlobs } from '#platform/files/folder-blobs.ts'
import { keepingGateway } from '#platform/gateway.ts'
import { declareEffects, drainJobs, openJobs } from '#engine/jobs.ts'
import { openKeyring } from '#platform/keys/keyring.ts'
import { noWitness } from '#platform/keys/witness.ts'
import { openLog } from '#platform/log.ts'
import { clocksOf, eventsOf } from '#engine/matter-rows.ts'
import { lineOf, newest, type Platform } from '#platform/platform.ts'
import { settings } from '#platform/settings.ts'
import { sweep } from '#engine/sweep.ts'
import { toldOf } from '#engine/words.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { nationalCalendar } from '#records/register/holidays.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { account, party } from '#kernel/seat.ts'
import { archive } from './prepare.ts'

const person = (n: number, kind: Actor['kind'], region: string, ...duties: Duty[]): Actor => ({
  id: `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  kind,
  grants: over(region, ...duties),
})

/** The cast: Li asks, Chen is a stranger, Ma acts for Li, Wang reviews, Guo directs, Liu sits at the window, Bai supervises the city, Sun works in another city, He manages the province, Ding audits, Zhao and Qian are lawyers. */
export const cast = {
  li: person(1, 'citizen', ''),
  chen: person(2, 'citizen', ''),
  ma: person(3, 'citizen', ''),
  wang: person(4, 'staff', '630102', 'intake', 'reviewer'),
  guo: person(5, 'staff', '630102', 'director'),
  liu: person(6, 'staff', '630102', 'intake'),
  bai: person(7, 'staff', '6301', 'supervisor'),
  sun: person(8, 'staff', '630202', 'intake', 'reviewer', 'director'),
  he: person(9, 'staff', '63', 'manager'),
  ding: person(10, 'staff', '63', 'auditor'),
  zhao: person(11, 'provider', ''),
  qian: person(12, 'provider', ''),
  clockwork: system,
} as const

/** The county most scenes are set in: 西宁市城东区. */
export const county = '630102'

export type World = Awaited<ReturnType<typeof world>>

/** A fresh database (PGlite, or PostgreSQL where TEST_DATABASE_URL says so), a clock you hold, and a small cast. */
export async function world(start = '2026-03-02T09:00:00+08:00') {
  const dir = await mkdtemp(join(tmpdir(), 'fahui-'))
  const keyring = await openKeyring(dir, 'aes256gcm')
  const { database, drop } = await openTestDatabase(keyring.contextKey)
  await declareEffects(database, effects)
  const gateway = keepingGateway()
  const log = openLog('silent')
  const jobs = openJobs(database, log)
  await jobs.start()
  const on: Platform = {
    database,
    keyring,
    files: fileStore(folderBlobs(dir), keyring),
    scanner: noScanner,
    settings: settings(nationalCalendar(), { ...serviceSettings, ...recordSettings }),
    gateway,
    jobs,
    witness: noWitness,
    ...declared,
    log,
    wallClock: () => Date.now(),
  }
  await as(on, system, new Date(start), addProvincialOffices)
  await as(on, system, new Date(start), (tx) => on.settings.reload(tx.db))
  let now = new Date(start)
  const run = <T>(who: Actor, work: (tx: Tx) => Promise<T>) => as(on, who, now, work)
  const filing = {
    matterCode: 'M31-5',
    forWhom: 'self',
    route: 'exempt',
    recipient: v7(),
    channel: 'web',
    isPrivate: false,
    isUnder14: false,
    hasGuardianConsent: false,
    topic: 'unpaidWages',
    contact: 'page',
  }
  return {
    on,
    dir,
    gateway,
    run,
    now: () => now,
    /** Moves the clock: `at('2026-03-09T10:00')` is Asia/Shanghai. */
    at: (moment: string) => {
      now = new Date(`${moment.length === 10 ? `${moment}T10:00` : moment}:00+08:00`)
    },
    open: (
      who: Actor,
      line = 'legal-aid',
      data: Record<string, unknown> = {},
      more: { region?: string; parent?: string; id?: string } = {},
    ) =>
      run(who, (tx) =>
        open(
          tx,
          line,
          { region: more.region ?? county, id: more.id ?? v7() },
          {
            code: newMatterCode(),
            seats: { [newest(on, line)!.principal]: [who.kind === 'citizen' ? account(who.id) : party(v7())] },
            parent: more.parent ?? null,
            data,
          },
        ),
      ),
    /** One that another service referred here, for somebody without an account. */
    referredIn: (line: string) =>
      run(cast.clockwork, (tx) =>
        openReferred(
          tx,
          line,
          { region: county, id: v7() },
          {
            code: newMatterCode(),
            seats: { [newest(on, line)!.principal]: [party(v7())] },
            parent: null,
            data: {},
          },
        ),
      ),
    act: (who: Actor, m: MatterId, action: string, input: unknown = {}, options = {}) =>
      run(who, (tx) => act(tx, m, action, input, options)),
    /** An application of Li's, filed now; `over` changes what filing settles. */
    async filed(over: Record<string, unknown> = {}, region = county): Promise<Matter> {
      const m = await run(cast.li, (tx) =>
        open(
          tx,
          'legal-aid',
          { region, id: v7() },
          { code: newMatterCode(), seats: { applicant: [account(cast.li.id)] }, parent: null, data: {} },
        ),
      )
      return run(cast.li, (tx) => act(tx, m, 'submit', { ...filing, ...over }))
    },
    filing,
    /** Wang's assessment on file, so that the decision may be made. */
    assessed: (m: MatterId, proposal = 'grant', urgent = false) =>
      run(cast.wang, (tx) => act(tx, m, 'assess', { assessment: v7(), proposal, urgent, topPriority: false })),
    assigned: (m: MatterId, to: Actor = cast.zhao, action = 'assign') =>
      run(cast.guo, (tx) => act(tx, m, action, { practitioner: v7(), provider: to.id, office: v7(), verdict: 'assignable' })),
    attached: (who: Actor, m: MatterId, kind: string) =>
      run(who, (tx) => act(tx, m, 'attach', { kind, document: v7(), hash: 'a'.repeat(64) })),
    clock: async (m: MatterId, limit: string) =>
      (await run(cast.clockwork, (tx) => clocksOf(tx, m))).findLast((clock) => clock.limit === limit),
    read: (m: MatterId, who: Actor = cast.clockwork) =>
      run(who, async (tx) => replay(lineOfMatter(on, await eventsOf(tx, m)), await eventsOf(tx, m))),
    /** What a matter holds, with what was written in its steps. */
    heldIn: (m: Matter) => run(cast.clockwork, async (tx) => (await toldOf(tx, m, 'zh')).matter.data),
    sweep: () => sweep(on, 'test', now),
    settle: () => drainJobs(on, effects, now),
    async [Symbol.asyncDispose]() {
      await jobs.stop({ graceful: false })
      await database[Symbol.asyncDispose]()
      await drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function lineOfMatter(on: Platform, events: Awaited<ReturnType<typeof eventsOf>>): Line {
  const { line, edition } = events[0]!.input as { line: string; edition: string } // the opening names its line
  return lineOf(on, line, edition)
}

async function openTestDatabase(contextKey: Buffer): Promise<{ database: Database; drop(): Promise<void> }> {
  const url = process.env['TEST_DATABASE_URL']
  if (url) return openScratch(url, contextKey)
  return { database: await openCopy(await openAsBlob(archive), contextKey), drop: async () => {} }
}

async function openScratch(url: string, contextKey: Buffer): Promise<{ database: Database; drop(): Promise<void> }> {
  const name = `fahui_test_${v7().replaceAll('-', '')}`
  const admin = new pg.Client(url)
  await admin.connect()
  const template = process.env['TEST_TEMPLATE'] // test/prepare.ts makes it; a benchmark's world is migrated on the spot
  await admin.query(`create database ${name}${template ? ` template ${template}` : ''}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const database = await openPostgres(own.href, contextKey, 8)
  const drop = async () => {
    await admin.query(`drop database ${name} with (force)`)
    for (const login of loginsOf(name)) await admin.query(`drop role if exists ${pg.escapeIdentifier(login)}`)
    await admin.end()
  }
  return { database, drop }
}
