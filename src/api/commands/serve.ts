import { readConfig } from '#platform/config.ts'
import { openPlatform } from '#api/open-platform.ts'
import { seedAfterStart, seedBeforeStart } from '#api/seeding.ts'
import { buildApp } from '#api/serve.ts'
import { refuseDemoAccounts } from './demo-refusal.ts'
import { startWork } from '#api/work.ts'
import { LeaseLost } from '#engine/lease.ts'
import type { Platform } from '#platform/platform.ts'

const now = () => new Date()

/** Serves until told to stop, or until another version has taken the database over; prints where, and in a trial also who can sign in. */
export async function run(): Promise<number> {
  const config = readConfig(process.env)
  const on = await openPlatform(config, Date.now)
  if (config.mode === 'production') await refuseDemoAccounts(on, now())
  if (config.mode === 'production' && !config.witness)
    on.log.warn('FAHUI_WITNESS is not set: whoever may change the database could cut off the end of its audit unseen.')
  if (config.mode === 'production' && !config.clamd)
    on.log.warn('FAHUI_CLAMD is not set: nobody looks into what people hand in for what is known to do harm.')
  if (config.mode === 'production' && config.origin && !config.proxies.length)
    on.log.warn('FAHUI_PROXIES is not set: if a proxy stands before this server, no limit by address holds. Name it.')
  const demo = config.mode === 'trial' ? await seedBeforeStart(on, config.provinces, now()) : null
  const app = await buildApp(on, config, now)
  // Heard from before the first answer on: whoever stops a service that has just begun to answer has it end as any other.
  const told = stopped()
  const address = await app.listen({ host: config.host, port: config.port })
  const stopWork = await startWork(on, now)
  process.stdout.write(welcome(config.origin ?? address.replace('127.0.0.1', 'localhost'), on.database.engine, demo))
  const stop = new AbortController()
  const seeding = demo ? seedAfterStart(on, config.provinces, now(), stop.signal).catch(tellUnless(stop.signal, on)) : Promise.resolve()
  const overtaken = await Promise.race([told, on.database.neighbours.overtaken])
  if (overtaken) on.log.fatal(overtaken)
  stop.abort()
  // What is under way is told to end first: some of it takes longer than the last answers.
  const working = stopWork()
  await app.close()
  await working
  await seeding
  await on[Symbol.asyncDispose]()
  return overtaken ? 1 : 0
}

const tellUnless = (signal: AbortSignal, on: Platform) => (error: unknown) =>
  signal.aborted && error instanceof LeaseLost ? undefined : on.log.error({ err: error }, 'seeding')

type Demo = { password: string; totpSecret: string; accounts: readonly { login: string; title: string }[] }

function welcome(address: string, engine: string, demo: Demo | null): string {
  const lines = [
    '',
    '法惠 Fahui',
    `  门户 portal      ${address}/`,
    `  工作台 workbench ${address}/desk/`,
    ...(engine === 'pglite' ? ['  数据库 database  PGlite（内置，只供试用、培训、测试和一个小办公室；正式使用请设 DATABASE_URL）'] : []),
    ...(demo
      ? [
          '',
          `  演示账号 demo accounts（密码 password ${demo.password}；动态码密钥 TOTP secret ${demo.totpSecret}，六位码：npm run -s fahui -- code）`,
          ...demo.accounts.map(({ login, title }) => `    ${login.padEnd(16)} ${title}`),
        ]
      : []),
    '',
    '',
  ]
  return lines.join('\n')
}

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
