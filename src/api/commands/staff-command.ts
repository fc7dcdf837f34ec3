import { parseArgs } from 'node:util'
import { duties, type Duty, type Grant } from '#kernel/actor.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { addStaff, noteChange, type NewStaff } from '#records/accounts/accounts.ts'
import { checkGrants } from '#records/accounts/grants.ts'
import { makeEnrolmentCode } from '#records/accounts/enrolment.ts'

const usage = `fahui staff --login LOGIN --name NAME --region CODE [--office ID] [--lines KEY,KEY] --duties ${duties.join(',')}
fahui staff --login LOGIN --name NAME --practitioner ID     (a provider)
Prints a code, good once and for 72 hours, with which they set their own password and authenticator at /desk/enrol.`

/** Whom the command line names; throws how it is used where something is missing. */
export function readStaff(args: string[]): NewStaff {
  const { values } = parseArgs({
    args,
    options: {
      login: { type: 'string' },
      name: { type: 'string' },
      region: { type: 'string' },
      duties: { type: 'string' },
      office: { type: 'string' },
      lines: { type: 'string' },
      practitioner: { type: 'string' },
    },
  })
  const { login, name, region = '', office = null, practitioner } = values
  const words = (values.duties ?? '').split(',').filter(Boolean)
  const asked = words.filter(isDuty)
  const isStaff = (office ? /^\d{2,12}$/ : /^\d{2}(\d{2}){0,2}$/).test(region) && asked.length > 0 && asked.length === words.length
  if (!login || !name || !(practitioner || isStaff)) throw new Error(usage)
  const lines = values.lines?.split(',') ?? null
  const grants = asked.map((duty): Grant => ({ duty, region, office, lines }))
  return { kind: practitioner ? 'provider' : 'staff', login, name, grants: practitioner ? [] : grants, practitioner }
}

const isDuty = (word: string): word is Duty => duties.some((one) => one === word)

/** Adds somebody and makes the whole code they set up their account by: whoever runs the service is where trust begins; a new code for one who has not used theirs. Refuses a login somebody signs in with. */
export const welcome = (on: Platform, staff: NewStaff, now: Date): Promise<{ id: string; code: string; expiresAt: Date }> =>
  as(on, system, now, async (tx) => {
    const waiting = await tx.db
      .selectFrom('account')
      .select('id')
      .where('login', '=', staff.login)
      .where('password_hash', 'is', null)
      .where('disabled_at', 'is', null)
      .executeTakeFirst()
    await checkGrants(tx, staff.grants ?? [])
    const id = waiting?.id ?? (await addStaff(tx, staff))
    const made = await makeEnrolmentCode(tx, id)
    await noteChange(tx, id, 'codeMade')
    return { id, ...made }
  })
