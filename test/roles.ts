import type { Actor } from '#kernel/actor.ts'
import { at } from '#kernel/actor.ts'
import { offices } from './offices.ts'
import { granted, officer } from './planted.ts'
import { cast } from './world.ts'

/** Who knocks: everyone a matter of 城东区 (630102) can be nothing or something to, those at an office next door and on a line that takes calls, and their like from another county, city or province. */
export const roles = {
  visitor: null,
  owner: cast.li,
  proxy: cast.ma,
  // The other side, where a line seats one.
  respondent: { id: '0190a000-0000-7000-8000-000000000013', kind: 'citizen', grants: [] },
  stranger: cast.chen,
  assigned: cast.zhao,
  otherProvider: cast.qian,
  // The window of the centre takes in objections for the bureau.
  clerk: granted(
    ...at(offices.centre, 'intake'),
    ...at(offices.committee, 'intake'),
    ...at(offices.bureau, 'intake').map((grant) => ({ ...grant, lines: ['objection'] })),
  ),
  reviewer: granted(...at(offices.centre, 'reviewer'), ...at(offices.committee, 'reviewer')),
  director: granted(...at(offices.centre, 'director'), ...at(offices.committee, 'director')),
  supervisor: officer('6301', 'supervisor'),
  manager: officer('63', 'manager'),
  auditor: officer('63', 'auditor'),
  administrator: officer('63', 'administrator'),
  clerkNextDoor: granted(...at(offices.notary, 'intake')),
  agent: granted({ duty: 'intake', region: '63', office: null, lines: ['consultation'] }),
  clerkElsewhere: officer('630202', 'intake'),
  reviewerElsewhere: officer('630202', 'reviewer'),
  directorElsewhere: officer('630202', 'director'),
  supervisorElsewhere: officer('6302', 'supervisor'),
  managerElsewhere: officer('21', 'manager'),
  auditorElsewhere: officer('21', 'auditor'),
  distantAdministrator: officer('21', 'administrator'),
} as const satisfies Record<string, Actor | null>

export type Role = keyof typeof roles

/** What somebody is answered: yes; who are you; there is no such thing; no, because; or, to those who see the matter, that this is done elsewhere. */
export type Expectation = 'ok' | 'sign in' | 'hidden' | 'reason' | 'not here'

/** Who comes by the portal, who sits at a desk here, who at one elsewhere, and who is sent out. */
export const citizens: Role[] = ['owner', 'proxy', 'respondent', 'stranger']
export const officers: Role[] = ['clerk', 'reviewer', 'director', 'supervisor', 'manager', 'auditor']
export const elsewhere: Role[] = [
  'clerkNextDoor',
  'agent',
  'clerkElsewhere',
  'reviewerElsewhere',
  'directorElsewhere',
  'supervisorElsewhere',
  'managerElsewhere',
  'auditorElsewhere',
]
/** Who manages accounts, here and elsewhere: no officer, and no matter exists for them. */
export const administrators: Role[] = ['administrator', 'distantAdministrator']
export const providers: Role[] = ['assigned', 'otherProvider']

/** Who works on the case, and so reads what people said in it. */
export const working: Role[] = ['clerk', 'reviewer', 'director', 'supervisor', 'assigned']

/** What each role is answered. */
export type Rule = (role: Role) => Expectation
/** Open to anyone. */
export const everyone: Rule = () => 'ok'
/** These, and to everybody else there is nothing here. */
export const only =
  (...ok: Role[]): Rule =>
  (role) =>
    role === 'visitor' ? 'sign in' : ok.includes(role) ? 'ok' : 'hidden'
/** A page for a person: whoever holds a key to the desk is nobody here. */
export const forPerson =
  (...ok: Role[]): Rule =>
  (role) =>
    citizens.includes(role) ? (ok.includes(role) ? 'ok' : 'hidden') : 'sign in'
/** Whoever sees the matter and does not act in it is told why; to the rest it does not exist. */
export const acts =
  (sees: readonly Role[], by: readonly Role[], then: Expectation = 'ok'): Rule =>
  (role) =>
    role === 'visitor' ? 'sign in' : !sees.includes(role) ? 'hidden' : by.includes(role) ? then : 'reason'
/** The rule, and a reason for some it would let in or turn away. */
export const reasonFor =
  (rule: Rule, ...told: Role[]): Rule =>
  (role) =>
    told.includes(role) ? 'reason' : rule(role)
