import { readConfig } from '#platform/config.ts'
import { openPlatform } from '#api/open-platform.ts'
import { readStaff, welcome } from './staff-command.ts'

/** Adds a staff member or provider and prints where and with which code they set up their account. On the embedded database stop the service first. */
export async function run(args: string[]): Promise<number> {
  const staff = readStaff(args)
  const config = readConfig(process.env)
  await using on = await openPlatform({ ...config, logLevel: 'silent' }, Date.now)
  const { id, code, expiresAt } = await welcome(on, staff, new Date())
  const enrol = `${config.origin ?? `http://localhost:${config.port}`}/desk/enrol#${code}`
  process.stdout.write(`${JSON.stringify({ id, login: staff.login, enrol, expiresAt: expiresAt.toISOString() })}\n`)
  return 0
}
