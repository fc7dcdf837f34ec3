import { parseArgs } from 'node:util'
import { v7 } from 'uuid'
import { underLease } from '#engine/lease.ts'
import { readConfig } from '#platform/config.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { findAccountByLogin } from '#records/accounts/accounts.ts'
import { countOverdue, retain, type Release, type Retained } from '#records/privacy/retain.ts'
import { isEnding } from '#records/privacy/retention.ts'
import { openPlatform } from '#api/open-platform.ts'

const usage = `fahui retain --dry-run                                        counts what is past its time, by class
fahui retain                                                  erases it; a class of more than 1,000 waits
fahui retain --release CLASS --by LOGIN --second LOGIN        erases that class too, on the word of two people`

/** Carries out the retention table and prints what it found and did. On the embedded database stop the service first. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { 'dry-run': { type: 'boolean' }, release: { type: 'string' }, by: { type: 'string' }, second: { type: 'string' } },
  })
  await using on = await openPlatform({ ...readConfig(process.env), logLevel: 'silent' }, Date.now)
  const now = new Date()
  const account = (login = '') => as(on, system, now, (tx) => findAccountByLogin(tx, login))
  const release =
    values.release === undefined ? undefined : releaseOf(values.release, await account(values.by), await account(values.second))
  const report = values['dry-run'] ? await countOverdue(on, now) : await retainAlone(on, now, release)
  for (const row of report) process.stdout.write(`${JSON.stringify(row)}\n`)
  return report.some(({ waits }) => waits) ? 1 : 0
}

/** A serving process may be at its nightly run, and each class is judged by what is there before it. */
async function retainAlone(on: Platform, now: Date, release: Release | undefined): Promise<Retained[]> {
  const done = await underLease(on, { name: 'retain', holder: v7() }, () => retain(on, now, release))
  if (!done) throw new Error('Another process is erasing what is past its time. Run this again when it is done.')
  return done
}

type Operator = { id: string; kind: string } | undefined

function releaseOf(name: string, by: Operator, second: Operator): Release {
  const isTwo = by?.kind === 'staff' && second?.kind === 'staff' && by.id !== second.id
  if (!isTwo || !isEnding(name)) throw new Error(usage)
  return { class: name, by: by.id, second: second.id }
}
