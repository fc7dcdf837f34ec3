import { parseArgs } from 'node:util'
import { text } from 'node:stream/consumers'
import { duties, type Duty } from '#kernel/actor.ts'
import { readConfig } from '#platform/config.ts'
import { hashPassword, newTotpSecret, passwordFlaw, totpUri, type PasswordFlaw } from '#platform/credentials.ts'
import { as, system } from '#platform/tx.ts'
import { addStaff } from '#records/accounts.ts'
import { openPlatform } from '../open-platform.ts'

const usage = `fahui staff --login LOGIN --name NAME --region CODE --duties ${duties.join(',')}   (the password, at least 12 characters, on standard input)
fahui staff --login LOGIN --name NAME --practitioner ID                          (a provider)`

/** Adds a staff member or provider and prints the address their authenticator app takes. Stop the service first: one process holds the folder. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      login: { type: 'string' },
      name: { type: 'string' },
      region: { type: 'string' },
      duties: { type: 'string' },
      practitioner: { type: 'string' },
    },
  })
  const { login, name, region = '', practitioner } = values
  const words = (values.duties ?? '').split(',').filter(Boolean)
  const asked = words.filter(isDuty)
  const isComplete =
    login && name && (practitioner || (/^\d{2}(\d{2}){0,2}$/.test(region) && asked.length && asked.length === words.length))
  if (!isComplete) throw new Error(usage)
  const password = (await text(process.stdin)).trim()
  const flaw = passwordFlaw(login, password, name)
  if (flaw) throw new Error(flaws[flaw])
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  const totpSecret = newTotpSecret()
  const passwordHash = await hashPassword(password)
  const id = await as(on, system, new Date(), (tx) =>
    addStaff(tx, {
      kind: practitioner ? 'provider' : 'staff',
      login,
      name,
      passwordHash,
      totpSecret,
      region,
      duties: asked,
      practitioner,
    }),
  )
  process.stdout.write(`${JSON.stringify({ id, login, authenticator: totpUri(login, totpSecret) })}\n`)
  return 0
}

const flaws: Record<PasswordFlaw, string> = {
  'password.tooShort': 'The password needs at least 12 characters.',
  'password.containsLogin': 'The password must not contain the login.',
  'password.containsName': 'The password must not contain the name.',
  'password.common': 'The password is among the first that are guessed.',
}

const isDuty = (word: string): word is Duty => (duties as readonly string[]).includes(word) // a list of literals is a list of strings
