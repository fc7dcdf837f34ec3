import type { Actor } from '#kernel/actor.ts'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import type { MatterId } from '#kernel/matter.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { demoActor, demoProvider } from './demo-accounts.ts'
import { answersFor, demoIdNumber, demoPhone } from './demo-citizens.ts'
import { cases, notices, type DemoCase, type DemoNotice } from './demo-cases.ts'
import { idOf, madeUp } from './demo-ids.ts'
import { countyOf } from './demo-places.ts'
import type { StoryKey, Told, Who } from './demo-stories.ts'
import type { Said } from '#lines/legal-aid/journey/said.ts'

/** A matter being played: who takes part, what was said, and what has come of it so far. */
export type Scene = MatterId &
  Told & {
    key: string
    tale: StoryKey
    code: string
    applicant: Actor
    person: { name: string; idNumber: string; phone?: string }
    answers: ReturnType<typeof answersFor>
    /** What opens a notice; absent for applications. */
    notice?: Record<string, unknown>
  }

/** Every scene of the demo as of a moment, in the order of the lists. `citizens` are the accounts by telephone number. */
export function scenesAt(now: Date, citizens: ReadonlyMap<string, string>): Scene[] {
  const today = dayOf(now)
  return [...cases.map((one, at) => applicationScene(one, at, today, citizens)), ...notices.map((one, at) => noticeScene(one, at, today))]
}

function applicationScene(one: DemoCase, at: number, today: string, citizens: ReadonlyMap<string, string>): Scene {
  const { city, name } = countyOf(one.region)
  const answers = answersFor(one, one.region, `${city}${name}`, at)
  const applicant: Actor = { id: citizens.get(demoPhone(at)) ?? '', kind: 'citizen', grants: [] }
  const person = {
    name: madeUp(one.name),
    idNumber: demoIdNumber(one.region, one.birth, at),
    ...(!one.isSafeByPage && { phone: demoPhone(at) }),
  }
  return { ...common(one, `case/${at}`, addDays(today, -one.ago)), applicant, person, answers, claimedFen: fenIn(answers) }
}

function noticeScene(one: DemoNotice, at: number, today: string): Scene {
  const person = { name: madeUp(one.name), idNumber: demoIdNumber(one.region, one.birth, at) }
  const notice = { ground: one.ground, stage: one.stage, organ: madeUp(one.organ), organNumber: `演示〔${today.slice(0, 4)}〕${at + 1} 号` }
  const applicant: Actor = { id: `organ@${one.region}`, kind: 'visitor', grants: [] }
  return { ...common(one, `notice/${at}`, addDays(today, -one.ago)), applicant, person, answers: {}, notice, claimedFen: 0 }
}

const common = (one: { region: string; tale: StoryKey; lawyer?: number }, key: string, openedOn: string) => ({
  region: one.region,
  id: idOf(key),
  key,
  tale: one.tale,
  code: codeOf(key),
  openedOn,
  provider: demoProvider(one.region, one.lawyer ?? 0),
  substitute: demoProvider(one.region, one.lawyer === 0 ? 2 : 0),
})

/** The same code every time, so that whoever shows the demo may learn it by heart. */
export function codeOf(key: string): string {
  const digits = idOf(`code/${key}`).replaceAll('-', '')
  let at = 0
  return newMatterCode((below) => Number.parseInt(digits.slice(at, (at += 3)), 16) % below)
}

const fenIn = ({ amount }: Said): number => amount?.fen ?? 0

/** The actor behind a part in a scene. */
export function actorIn(scene: Scene, who: Who): Actor {
  if (who === 'applicant') return scene.applicant
  if (who === 'assignee') return scene.provider.actor
  return demoActor(`${countyOf(scene.region).login}.${who}`)
}
