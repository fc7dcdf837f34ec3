import type { Question } from '#kernel/journey/journey.ts'
import { means } from './journey-means.ts'
import { guardianByAge, people } from './journey-people.ts'
import { situation } from './journey-situation.ts'

const { notice, who, guardian, person, filer, ability, contact, place } = people
const { story, kind, kindMore, custody, opponent, opponentHome, opponentParent, amount, deadline } = situation
const { migrant, workProof, status, income, household, verify, documents } = means

const upToPerson = [notice, who, guardian, story, kind, kindMore, custody, opponent, opponentHome, opponentParent, amount, deadline, person]
const afterPerson = [filer, ability, contact, place, migrant, workProof, status, income, household, verify, documents]

/** What a person is asked who applies for legal aid, in order. Serving it, use `journeyOn`, which also protects a child found by birth date. */
export const legalAidJourney: readonly Question[] = [...upToPerson, ...afterPerson]

/** The journey as of a day (YYYY-MM-DD): a person whose number shows less than 14 years is asked for the guardian's consent (个人信息保护法 art. 31). */
export const journeyOn = (today: string): readonly Question[] => [...upToPerson, guardianByAge(today), ...afterPerson]
