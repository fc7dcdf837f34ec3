import { z } from 'zod'
import type { Text } from './line.ts'
import { freeText } from './free-text.ts'
import { keysIn } from './keyed.ts'

/** Fields of action forms. Each carries its title in both languages, so that any face can draw it and no page is written for one action. */

/** A reason someone will read: at least ten characters, so that it says something. */
export const reason = (title: Text = { zh: '理由', en: 'Reason' }) => longText(title, 10)

/** The same from the person it concerns, who may be brief: any word will do. */
export const ownWords = (title: Text) => longText(title, 1)

const longText = (title: Text, min: number, max = 2000) =>
  freeText(z.string().trim().min(min).max(max).meta({ title: title.zh, titleEn: title.en, long: true }))

/** What may be left empty, or says in a few sentences what the form around it does not. */
export const remark = (title: Text, max = 500) => longText(title, 0, max).optional()

export const shortText = (title: Text, { min = 1, max = 100 } = {}) =>
  freeText(z.string().trim().min(min).max(max).meta({ title: title.zh, titleEn: title.en }))

/** One of a declared set, each option with its words. */
export const choice = <const K extends string>(title: Text, options: Record<K, Text>) =>
  z.enum(keysIn(options)).meta({ title: title.zh, titleEn: title.en, options })

/** Several of a declared set. */
export const choices = <const K extends string>(title: Text, options: Record<K, Text>) =>
  z
    .array(z.enum(keysIn(options)))
    .min(1)
    .meta({ title: title.zh, titleEn: title.en, options })

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const day = (title: Text) => z.iso.date().meta({ title: title.zh, titleEn: title.en })

/** A moment, RFC 3339 with its offset; typed and shown on the wall clock in Shanghai. */
export const moment = (title: Text) => z.iso.datetime({ offset: true }).meta({ title: title.zh, titleEn: title.en })

/** An amount in fen; shown and typed in yuan. */
export const fen = (title: Text) => z.int().min(0).max(1_000_000_000_000).meta({ title: title.zh, titleEn: title.en, format: 'fen' })

export const yes = (title: Text) => z.boolean().meta({ title: title.zh, titleEn: title.en })

/** A row elsewhere, by id. `of` tells the face which list to choose it from. */
export const reference = (title: Text, of: string) => z.uuid().meta({ title: title.zh, titleEn: title.en, of })

/** Somebody on the register who is of one of these kinds, by the account they sign in with: a face has them chosen among those of the county. */
export const onRegister = (title: Text, ...kinds: readonly string[]) =>
  z.uuid().meta({ title: title.zh, titleEn: title.en, of: 'register', kinds })

/** Several of them. */
export const severalOnRegister = (title: Text, max: number, ...kinds: readonly string[]) =>
  z
    .array(onRegister(title, ...kinds))
    .min(1)
    .max(max)
    .meta({ title: title.zh, titleEn: title.en, of: 'register' })

/** Somebody who sits there, in one of these seats: a face has them chosen from the table of the matter. */
export const seated = (title: Text, ...seats: readonly string[]) =>
  z.uuid().meta({ title: title.zh, titleEn: title.en, of: 'holder', seats })

/** Asked of the officer alone who writes something down for somebody: a party is not asked. To be called before `optional`. */
export const ofDesk = <T extends z.ZodType>(field: T): T => field.meta({ ...field.meta(), ofDesk: true })

/** An action that asks nothing. */
export const nothing = z.object({})

/** A limit of the line by its key. */
export const limitKey = z.string().regex(/^[a-zA-Z]{1,40}$/)

/** What the system records when a limit has passed: which, and whose run of it, where every party has their own. */
export const passedLimit = z.object({ limit: z.string(), party: z.string().optional() })
