import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Question } from '#kernel/journey/journey.ts'
import type { Letter } from '#kernel/letter.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { no, Refusal } from '#kernel/refusal.ts'
import { inside, type Effect, type EffectHandler, type Effects } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { frameLetters } from '#parts/letters.ts'
import { deliver, textEffect } from '#records/letters/deliver.ts'
import { sendText } from '#records/letters/send-text.ts'
import { criminalNotice } from './criminal-notice/world/service.ts'
import { dataRequest } from './data-request/world/service.ts'
import { legalAid } from './legal-aid/world/service.ts'
import { objection } from './objection/world/service.ts'
import type { Service } from './service.ts'

/** Every service. The only place that names them; everybody else reads this list. */
export const services: readonly Service[] = [legalAid, objection, criminalNotice, dataRequest]

const byKey = new Map(services.map((service) => [service.line.key, service]))

/** The service of a line, by the line's key; undefined for a key that is none. */
export const serviceOf = (line: string): Service | undefined => byKey.get(line)

/** Every edition of every line, oldest edition first. */
export const lines: readonly Line[] = services.flatMap(({ editions }) => editions)

const doored = services.flatMap((service) => (service.entrance ? [{ ...service, entrance: service.entrance }] : []))

/** What the platform is opened with: the lines, and how people come to them, by key. */
export const declared: { lines: ReadonlyMap<string, readonly Line[]>; entrances: ReadonlyMap<string, Entrance> } = {
  lines: new Map(services.map(({ line, editions }) => [line.key, editions])),
  entrances: new Map(doored.map(({ line, entrance }) => [line.key, entrance])),
}

/** Every line a person can come to by themselves, the front door's first. */
export const entrances: readonly Entrance[] = doored
  .toSorted((a, b) => Number(b.isFrontDoor ?? false) - Number(a.isFrontDoor ?? false))
  .map(({ entrance }) => entrance)

/** The entrance of a line; undefined where only officers or organs open one. */
export const entranceOf = (line: string): Entrance | undefined => declared.entrances.get(line)

const theOne = (which: 'isFrontDoor' | 'isForRights'): Entrance => {
  const [found, ...others] = doored.filter((service) => service[which])
  if (!found || others.length)
    throw new Error(`One service is declared ${which}, and has an entrance: was it removed, or is there a second?`)
  return found.entrance
}

/** The line whose box, "what happened?", stands on the first page. */
export const frontDoor: Entrance = theOne('isFrontDoor')

/** Where a person has what is held of them shown, corrected, deleted or explained. */
export const rights: Entrance = theOne('isForRights')

/** The questions of a line as of a day (YYYY-MM-DD); none where its people are asked nothing. */
export const journeyFor = (line: string, today: string): readonly Question[] =>
  entranceOf(line)?.journey(today) ?? serviceOf(line)?.line.asked ?? []

/** What the law leaves open, of every service, by key. */
export const serviceSettings = Object.assign({}, ...services.map(({ settings }) => settings)) as Service['settings'] // one object of all

/** The service whose readings hang on a setting; undefined where none does. */
export const replayingOn = (key: string) => services.find(({ settings }) => settings[key]?.isDecisive)?.replaying

/** The letter that a line sends by this name. */
export const letterOf = (line: string, key: string): Letter | undefined =>
  own<Letter>({ ...frameLetters, ...serviceOf(line)?.letters }, key)

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined)

/** Effects upon the records, each in one transaction, by name: as the service of the matter's line carries it out. */
export const handlers: Readonly<Record<string, EffectHandler>> = Object.fromEntries(
  [
    ...new Set([
      ...Object.keys(frameLetters),
      ...services.flatMap(({ letters, effects }) => [...Object.keys(letters), ...Object.keys(effects)]),
    ]),
  ].map((key) => [key, byLine(key)]),
)

function byLine(key: string): EffectHandler {
  return async (tx, job) => {
    const matter = await matterOf(tx, job)
    if (!matter) return
    const letter = letterOf(matter.line, key)
    if (letter) return deliver(tx, letter, key, job)
    const carryOut = own(serviceOf(matter.line)?.effects ?? {}, key)
    if (!carryOut) throw new Refusal(no('not_found', { effect: key }))
    await carryOut(tx, job)
  }
}

const letterFor = ({ line }: Matter, key: string) => letterOf(line, key)

/** Every name under which some line sends a letter. */
export const letterKeys: readonly string[] = [
  ...new Set([...Object.keys(frameLetters), ...services.flatMap(({ letters }) => Object.keys(letters))]),
]

/** What the jobs do, by effect: those, and the text of each letter, which leaves the house. */
export const effects: Effects = {
  ...Object.fromEntries(Object.entries(handlers).map(([key, handler]) => [key, inside(handler)])),
  ...Object.fromEntries(letterKeys.map((key): [string, Effect] => [textEffect(key), sendText(key, letterFor)])),
}
