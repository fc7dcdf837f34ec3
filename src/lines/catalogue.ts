import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Question } from '#kernel/journey/journey.ts'
import { rowOf } from '#kernel/keyed.ts'
import type { Letter } from '#kernel/letter.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { inside, type Effect, type EffectHandler, type Effects } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { frameLetters } from '#parts/letters.ts'
import { deliver, textEffect } from '#records/letters/deliver.ts'
import { sendText } from '#records/letters/send-text.ts'
import type { Service } from './service.ts'

/** Everything that is read off a list of services. */
export type Catalogue = Doors &
  Doings & {
    services: readonly Service[]
    /** The service of a line, by the line's key; undefined for a key that is none. */
    serviceOf(line: string): Service | undefined
    /** Every edition of every line, oldest edition first. */
    lines: readonly Line[]
    /** What the platform is opened with: the lines, and how people come to them, by key. */
    declared: { lines: ReadonlyMap<string, readonly Line[]>; entrances: ReadonlyMap<string, Entrance> }
    /** The questions of a line as of a day (YYYY-MM-DD); none where its people are asked nothing. */
    journeyFor(line: string, today: string): readonly Question[]
    /** What the law leaves open, of every service, by key. */
    serviceSettings: Service['settings']
    /** The service whose readings hang on a setting; undefined where none does. */
    replayingOn(key: string): Service['replaying']
  }

/** How people come to the services by themselves. */
type Doors = {
  /** Every line a person can come to by themselves, the front door's first. */
  entrances: readonly Entrance[]
  /** The entrance of a line; undefined where only officers or organs open one. */
  entranceOf(line: string): Entrance | undefined
  /** The name of the route by which a line's `opening` is taken: another than its entrance's, where it has both. */
  openingRouteOf(line: string): string
  /** The line whose box, "what happened?", stands on the first page. */
  frontDoor: Entrance
  /** Where a person has what is held of them shown, corrected, deleted or explained. */
  rights: Entrance
}

/** What the services do and send outside their lines. */
type Doings = {
  /** The letter that a line sends by this name. */
  letterOf(line: string, key: string): Letter | undefined
  /** Every name under which some line sends a letter. */
  letterKeys: readonly string[]
  /** Effects upon the records, each in one transaction, by name: as the service of the matter's line carries it out. */
  handlers: Readonly<Record<string, EffectHandler>>
  /** What the jobs do, by effect: those, and the text of each letter, which leaves the house. */
  effects: Effects
}

/** Reads off a list of services what the rooms that serve them all ask of it. */
export function catalogueOf(services: readonly Service[]): Catalogue {
  const byKey = new Map(services.map((service) => [service.line.key, service]))
  const serviceOf = (line: string) => byKey.get(line)
  const doors = doorsOf(services)
  const { entranceOf } = doors
  return {
    services,
    serviceOf,
    lines: services.flatMap(({ editions }) => editions),
    declared: {
      lines: new Map(services.map(({ line, editions }) => [line.key, editions])),
      entrances: new Map(doors.entrances.map((entrance) => [entrance.line, entrance])),
    },
    journeyFor: (line, today) => entranceOf(line)?.journey(today) ?? serviceOf(line)?.line.asked ?? [],
    serviceSettings: Object.fromEntries(services.flatMap(({ settings }) => Object.entries(settings))),
    replayingOn: (key) => services.find(({ settings }) => settings[key]?.isDecisive)?.replaying,
    ...doors,
    ...doingsOf(services, serviceOf),
  }
}

function doorsOf(services: readonly Service[]): Doors {
  const doored = services.flatMap((service) => (service.entrance ? [{ ...service, entrance: service.entrance }] : []))
  const byLine = new Map(doored.map(({ line, entrance }) => [line.key, entrance]))
  const theOne = (which: 'isFrontDoor' | 'isForRights'): Entrance => {
    const [found, ...others] = doored.filter((service) => service[which])
    if (!found || others.length)
      throw new Error(`One service is declared ${which}, and has an entrance: was it removed, or is there a second?`)
    return found.entrance
  }
  return {
    entrances: doored.toSorted((a, b) => Number(b.isFrontDoor ?? false) - Number(a.isFrontDoor ?? false)).map(({ entrance }) => entrance),
    entranceOf: (line) => byLine.get(line),
    openingRouteOf: (line) => `${line}.${byLine.has(line) ? 'takeIn' : 'open'}`,
    frontDoor: theOne('isFrontDoor'),
    rights: theOne('isForRights'),
  }
}

function doingsOf(services: readonly Service[], serviceOf: Catalogue['serviceOf']): Doings {
  const letterOf = (line: string, key: string) => rowOf<Letter>({ ...frameLetters, ...serviceOf(line)?.letters }, key)
  const letterKeys = [...new Set([...Object.keys(frameLetters), ...services.flatMap(({ letters }) => Object.keys(letters))])]
  const effectKeys = services.flatMap(({ effects }) => Object.keys(effects))
  const carryOut =
    (key: string): EffectHandler =>
    async (tx, job) => {
      const matter = await matterOf(tx, job)
      if (!matter) return
      const letter = letterOf(matter.line, key)
      if (letter) return deliver(tx, letter, key, job)
      const effect = rowOf(serviceOf(matter.line)?.effects ?? {}, key)
      if (!effect) refuse('not_found', { effect: key })
      await effect(tx, job)
    }
  const handlers = Object.fromEntries([...letterKeys, ...effectKeys].map((key) => [key, carryOut(key)]))
  const letterFor = ({ line }: Matter, key: string) => letterOf(line, key)
  const effects: Effects = {
    ...Object.fromEntries(Object.entries(handlers).map(([key, handler]) => [key, inside(handler)])),
    ...Object.fromEntries(letterKeys.map((key): [string, Effect] => [textEffect(key), sendText(key, letterFor)])),
  }
  return { letterOf, letterKeys, handlers, effects }
}
