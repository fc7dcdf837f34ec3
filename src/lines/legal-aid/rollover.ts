import type { Law } from '#kernel/line.ts'
import { cite } from './statutes.ts'

/** Whether legal aid's own limits move over days off: the closing chapter of 办理法律援助案件程序规定 was not read, so it is a setting (RULEBOOK §8). */
export const rolls = { when: (law: Law): boolean => law.setting('legalAid.dayRollover') !== false, cite: cite('民法典', 203, 1) }
