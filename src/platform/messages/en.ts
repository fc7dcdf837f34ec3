import { answersEn } from './answers.en.ts'
import { deskRefusalsEn } from './desk-refusals.en.ts'
import { deskEn } from './desk.en.ts'
import { linksEn } from './links.en.ts'
import { portalEn } from './portal.en.ts'
import { refusalsEn } from './refusals.en.ts'
import type { zh } from './zh.ts'

/** The same in English, key for key. */
export const en = { ...portalEn, ...linksEn, ...deskEn, ...answersEn, ...refusalsEn, ...deskRefusalsEn } satisfies Record<
  keyof typeof zh,
  string
>
