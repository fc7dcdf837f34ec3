import './platform/http/tsx.ts'

/** Commands of `fahui`, each loaded when asked for: `clock` need not wait for a web server. */
const commands: Record<string, () => Promise<{ run(args: string[]): Promise<number | void> }>> = {
  serve: () => import('./api/commands/serve.ts'),
  migrate: () => import('./api/commands/migrate.ts'),
  seed: () => import('./api/commands/seed.ts'),
  verify: () => import('./api/commands/verify.ts'),
  consumers: () => import('./api/commands/consumers.ts'),
  retain: () => import('./api/commands/retain.ts'),
  jobs: () => import('./api/commands/jobs.ts'),
  rotate: () => import('./api/commands/rotate.ts'),
  reseal: () => import('./api/commands/reseal.ts'),
  backup: () => import('./api/commands/backup.ts'),
  restore: () => import('./api/commands/restore.ts'),
  code: () => import('./api/commands/code.ts'),
  staff: () => import('./api/commands/staff.ts'),
  openapi: () => import('./api/commands/openapi.ts'),
  clock: () => import('./api/commands/clock.ts'),
  eligible: () => import('./api/commands/eligible.ts'),
}

const [name = '', ...args] = process.argv.slice(2)
const load = commands[name]
if (load) {
  const { run } = await load()
  process.exitCode = (await run(args).catch(explain)) ?? 0
} else {
  process.stderr.write(
    `fahui <command>\n${Object.keys(commands)
      .map((one) => `  ${one}\n`)
      .join('')}`,
  )
  process.exitCode = name ? 2 : 0
}

function explain(error: unknown): number {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (process.env['DEBUG']) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
  return 1
}
