import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { findOrAddCitizenByPhone } from '#records/accounts/accounts.ts'
import { enterSettings } from '#records/settings/setting-drafts.ts'
import { addDemoAccounts, askForNewcomer, demoAccounts, demoActor, demoPassword, demoTotpSecret } from './demo-accounts.ts'
import { cases } from './demo-cases.ts'
import { demoPhone } from './demo-citizens.ts'
import { askDemoQuestions } from './demo-questions.ts'
import { putDemoFiles } from './demo-files.ts'
import { madeUp } from './demo-ids.ts'
import { objectionOf, passLimits, playedSteps, playTurn, type Turn } from './demo-play.ts'
import { committeeOf, counties, officeOf, officeRows, practitionerId, type DemoCounty, type DemoLawyer } from './demo-places.ts'
import { scenesAt, type Scene } from './demo-scene.ts'
import { addDemoDraft, addDemoSettings } from './demo-settings.ts'
import { stories, type Step } from './demo-stories.ts'

/** How to sign in to the demo: one password and one authenticator secret for every login, and the numbers citizens get their codes by. */
export type DemoAccounts = {
  password: string
  totpSecret: string
  accounts: { login: string; title: string }[]
  citizens: { phone: string; name: string }[]
}

/** Makes a whole service to look at: offices, accounts, and matters in every state over the two months before `now`. For trial mode only: its passwords are known to all. */
export async function seedDemo(on: Platform, now: Date): Promise<DemoAccounts> {
  const accounts = await seedEssentials(on, now)
  await seedMatters(on, now)
  return accounts
}

/** What the first page and the first sign-in need: settings, offices, the register and the accounts. Again changes nothing. */
export async function seedEssentials(on: Platform, now: Date): Promise<DemoAccounts> {
  await as(on, system, now, async (tx) => {
    await addDemoSettings(tx)
    await tx.db
      .insertInto('office')
      .values(officeRows())
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await tx.db
      .insertInto('practitioner')
      .values(register(dayOf(now)))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await addDemoAccounts(tx)
  })
  await addDemoDraft(on, now)
  await as(on, demoActor('qinghai.administrator2'), now, askForNewcomer)
  return {
    password: demoPassword,
    totpSecret: demoTotpSecret,
    accounts: demoAccounts.map(({ login, title }) => ({ login, title })),
    citizens: cases.map(({ name }, at) => ({ phone: demoPhone(at), name: madeUp(name) })),
  }
}

/** The matters, each told step by step through the same door as in life. Seeding that was cut off goes on where it stopped; again changes nothing. `mayGoOn` is asked between two turns and throws where it must stop. */
export async function seedMatters(on: Platform, now: Date, mayGoOn = () => {}): Promise<void> {
  const anchor = await anchorOf(on, now)
  if (anchor.isComplete) return
  const citizens = await as(on, system, anchor.now, addCitizens)
  const files = await putDemoFiles(on.files)
  const scenes = scenesAt(anchor.now, citizens)
  const ids = scenes.flatMap((scene) => [scene.id, objectionOf(scene).id])
  const played = await playedSteps(on, scenes, anchor.now)
  const turns = scenes.flatMap((scene) => turnsOf(scene, played.get(scene) ?? 0, anchor.now))
  for (const [day, todays] of [...Map.groupBy(turns, ({ day }) => day)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await passLimits(on, ids, momentOf(day, '00:30'))
    for (const turn of todays) {
      mayGoOn()
      await playTurn(on, turn, files)
    }
  }
  await passLimits(on, ids, anchor.now)
  await askDemoQuestions(on, anchor.now)
  await note(on, anchor.now, 'demo.complete')
}

/** What is still to be told of a scene until now, in turns of one person on one day. */
function turnsOf(scene: Scene, played: number, now: Date): Turn[] {
  const tale: readonly Step[] = stories[scene.tale]
  const moments = tale.map((step, at) => ({ at, step, when: momentOf(addDays(scene.openedOn, step.day), step.time) }))
  const left = moments.filter(({ at, when }) => at >= played && when <= now)
  const turns = Map.groupBy(left, ({ step }) => `${step.day} ${step.by}`)
  return [...turns.values()].map((steps) => ({ scene, day: addDays(scene.openedOn, steps[0]?.step.day ?? 0), steps }))
}

const momentOf = (day: string, time: string): Date => new Date(`${day}T${time}:00+08:00`)

async function addCitizens(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const at of cases.keys()) found.set(demoPhone(at), await findOrAddCitizenByPhone(tx, demoPhone(at)))
  return found
}

/** The moment the tales count back from is kept, so that seeding again on another day tells the same ones. */
async function anchorOf(on: Platform, now: Date): Promise<{ now: Date; isComplete: boolean }> {
  const kept = await as(on, system, now, (tx) =>
    tx.db
      .selectFrom('setting')
      .select(['key', 'value'])
      .where('region', '=', '')
      .where('key', 'in', ['demo.anchor', 'demo.complete'])
      .execute(),
  )
  const anchor = kept.find(({ key }) => key === 'demo.anchor')
  if (!anchor) await note(on, now, 'demo.anchor')
  return { now: anchor ? new Date(String(anchor.value)) : now, isComplete: kept.some(({ key }) => key === 'demo.complete') }
}

const note = (on: Platform, now: Date, key: string): Promise<unknown> =>
  as(on, system, now, (tx) =>
    enterSettings(tx, [
      { region: '', key, validFrom: dayOf(now), value: now.toISOString(), decidedBy: '演示数据', note: '演示数据的时间起点' },
    ]),
  )

/** The register of practitioners as of a day, so that a suspension or a move from the bench is always recent. */
const register = (today: string) =>
  counties.flatMap((county) => [
    ...county.lawyers.map((lawyer, at) => registered(county, lawyer, at, today)),
    ...county.mediators.map((name, at) => mediatorOf(county, name, at)),
  ])

const mediatorOf = (county: DemoCounty, name: string, at: number) => ({
  region: county.region,
  id: practitionerId(county, { name }),
  office: committeeOf(county).id,
  name: madeUp(name),
  kind: at ? ('partTimeMediator' as const) : ('mediator' as const),
  licence: null,
  licence_from: '2019-01-01',
  assessed_year: null,
  specialisms: [],
  criminal_defence_since: null,
  is_familiar_with_minors: false,
  is_female: false,
  suspended_from: null,
  suspended_to: null,
  left_bench_on: null,
})

const registered = (county: DemoCounty, lawyer: DemoLawyer, at: number, today: string) => ({
  region: county.region,
  id: practitionerId(county, lawyer),
  office: officeOf(county, lawyer),
  name: madeUp(lawyer.name),
  kind: lawyer.kind,
  licence:
    lawyer.kind === 'agencyStaff' ? null : `1${county.region.slice(0, 4)}${lawyer.since.slice(0, 4)}1${lawyer.isFemale ? 1 : 0}90000${at}`,
  licence_from: lawyer.since,
  assessed_year: Number(today.slice(0, 4)) - 1,
  specialisms: [...(lawyer.specialisms ?? [])],
  criminal_defence_since: lawyer.defenceSince ?? null,
  is_familiar_with_minors: lawyer.isFamiliarWithMinors ?? false,
  is_female: lawyer.isFemale ?? false,
  suspended_from: lawyer.suspendedDaysAgo ? addDays(today, -lawyer.suspendedDaysAgo) : null,
  suspended_to: lawyer.suspendedDaysAgo ? addDays(today, 90) : null,
  left_bench_on: lawyer.leftBenchDaysAgo ? addDays(today, -lawyer.leftBenchDaysAgo) : null,
})
