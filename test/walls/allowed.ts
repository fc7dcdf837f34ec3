import { names, type Attacker } from './attackers.ts'

/** Names for several attackers at once. */
const groups: Readonly<Record<string, readonly Attacker[]>> = {
  everybody: names,
  known: names.filter((name) => !['nobody', 'visitor', 'linked', 'system'].includes(name)),
  working: ['clerk', 'reviewer', 'director', 'supervisor'],
  atTheTable: ['owner', 'proxy', 'assigned'],
}

/**
 * What the database lets each context do to each table by itself, whatever the service would say: whose rows (`attacks.ts`), of every table and every operation that is not named here
 * nobody's. `forge` is a row in somebody else's name, `~` some of them and not all. Of several entries that hold, the first does. It is what stands when all else has failed: read a change of it so.
 */
const table: Readonly<Record<string, string>> = {
  'account select': 'administrator: other~ | system: other',
  'account forge': 'system: other',
  'account update': 'system: other',
  'account move': 'system: other',
  'account_request select': 'administrator: other~ | system: other',
  'answer select': 'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'answer insert': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'answer forge': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'answer update': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'answer delete': 'system: all',
  'assessment select':
    'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'assessment insert': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working: case',
  'assessment forge': 'system: all',
  'assessment update': 'system: all',
  'audit select': 'auditor: other | system: all',
  'audit insert': 'linked: other | owner assigned otherProvider system: all | @known visitor: other',
  'audit forge': 'system: other',
  'audit_source select': 'auditor system: other',
  'audit_source insert': 'linked: other | @known visitor system: other',
  'audit_source update': 'system: other',
  'audit_source delete': 'system: other',
  'audit_seal select': '@everybody: other',
  'audit_seal insert': 'system: other',
  'challenge select': 'system: other',
  'challenge forge': 'system: other',
  'challenge update': 'system: other',
  'challenge delete': 'system: other',
  'clock select':
    'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'clock insert':
    'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'clock update':
    'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'collected select': 'system: all',
  'collected insert': 'system: all',
  'confidant select':
    'linked: case | clerkElsewhere: elsewhere | named system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'confidant insert': 'named: case confined | clerkElsewhere: elsewhere | @working assigned: case',
  'confidant update': 'named: case confined | clerkElsewhere: elsewhere | manager auditor: case elsewhere | @working assigned: case',
  'confinement select':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working assigned: case',
  'confinement insert': 'named: case confined | clerkElsewhere: elsewhere | manager auditor: case elsewhere | @working assigned: case',
  'confinement update': 'system: all',
  'conflict_fact select':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working: case',
  'conflict_fact insert':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working: case',
  'conflict_fact forge':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | clerk director supervisor: case',
  'conflict_fact delete':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working: case',
  'day_count select': '@working named clerkElsewhere manager auditor managerElsewhere auditorElsewhere system: all',
  'day_count insert': 'system: all',
  'day_count update': 'system: all',
  'day_count delete': 'system: all',
  'day_off select': '@everybody: all',
  'day_off insert': 'system: all | managerElsewhere auditorElsewhere: far | supervisor manager auditor: other',
  'day_off update': 'system: all | managerElsewhere auditorElsewhere: far | supervisor manager auditor: other',
  'document select': 'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'document insert': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'document forge': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'document update': 'system: all',
  'duty_grant select': 'administrator: other | system: own',
  'duty_grant update': 'system: own',
  'enrolment select': 'system: other',
  'enrolment forge': 'system: other',
  'enrolment update': 'system: other',
  'event select':
    'linked: case | owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working proxy assigned: case',
  'event insert':
    'owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working proxy assigned: case',
  'event forge': 'system: all',
  'feed select': 'system: other | owner assigned: own',
  'feed insert': 'owner assigned: all | @known: other',
  'feed forge': 'system: other',
  'feed update': 'system: other | owner assigned: own',
  'feed delete': 'system: other | owner assigned: own',
  'filing_source select':
    'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'filing_source update': 'system: all',
  'filing_source delete': 'system: all',
  'flood_count select': 'system: other',
  'flood_count insert': 'system: other',
  'flood_count update': 'system: other',
  'flood_count delete': 'system: other',
  'idempotency select': 'owner: case draft | system: all',
  'idempotency insert': 'linked: all | @known visitor system: all',
  'idempotency forge': 'system: all',
  'idempotency update': 'owner: case draft | system: all',
  'idempotency delete': 'system: all',
  'lease select': 'system: other',
  'lease insert': 'system: other',
  'lease update': 'system: other',
  'matter select':
    'linked: case | owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working proxy assigned: case',
  'matter insert':
    'owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working proxy assigned: case',
  'matter update':
    'linked: case | owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working proxy assigned: case',
  'matter_code insert':
    'owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working proxy assigned: case',
  'message select': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'message insert':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'message forge': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'message update': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'note select': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working assigned: case',
  'note insert': 'named: case confined | clerkElsewhere: elsewhere | @working assigned: case',
  'note update': 'reviewer: case | system: all',
  'notice_mark select': 'owner assigned: own',
  'notice_mark insert': 'owner assigned: all | @known: other',
  'notice_mark update': 'owner assigned: own',
  'notice_mark delete': 'owner assigned: own',
  'office select': '@everybody: all',
  'office insert': 'director: other~ | manager: other | managerElsewhere: far | system: all',
  'office update': 'director: other~ | manager: other | managerElsewhere: far | system: all',
  'one_time_code select': 'system: other',
  'one_time_code insert': 'system: other',
  'one_time_code update': 'system: other',
  'one_time_code delete': 'system: other',
  'party select': 'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'party insert': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'passkey select': 'administrator: other~ | system: other',
  'passkey forge': 'system: other',
  'passkey update': 'system: other',
  'passkey delete': 'system: other',
  'person select': 'linked: other~ | system: other | @working @atTheTable named clerkElsewhere: other~',
  'person insert': '@known system: other',
  'person forge': 'system: other',
  'person update': 'system: other | @working @atTheTable named clerkElsewhere: other~',
  'practitioner select': '@everybody: other',
  'practitioner insert': 'director manager system: other',
  'practitioner update': 'director manager system: other',
  'presence select':
    'named: case confined | clerkElsewhere: elsewhere | reviewer system: all | manager auditor: case elsewhere | @working assigned: case',
  'presence insert':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working assigned: case',
  'presence forge':
    'named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | assigned clerk director supervisor: case',
  'presence update': 'reviewer: case | system: all',
  'presence delete': 'reviewer system: all',
  'region select': '@everybody: other',
  'region insert': 'system: other',
  'region update': 'system: other',
  'replay select': 'manager auditor system: other',
  'replay insert': 'manager auditor system: other',
  'replay forge': 'manager auditor system: other',
  'replay update': 'manager auditor system: other',
  'replay_flip select': 'supervisor manager auditor system: case',
  'replay_flip insert': 'supervisor manager auditor system: case',
  'replay_flip update': 'supervisor manager auditor system: case',
  'replay_slice select': 'manager auditor system: case',
  'replay_slice insert': 'manager auditor system: case',
  'replay_slice update': 'manager auditor system: case',
  'said_text select':
    'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | manager auditor: case elsewhere | @working @atTheTable: case',
  'said_text insert': 'linked: all | @known system: all',
  'said_text forge': 'system: all',
  'said_text update': 'system: all',
  'saved_filter select': 'owner assigned: own',
  'saved_filter insert': 'owner assigned: all | @known: other',
  'saved_filter update': 'owner assigned: own',
  'saved_filter delete': 'owner assigned: own',
  'share select': 'linked: case | named: case confined | clerkElsewhere: elsewhere | system: all | @working @atTheTable: case',
  'share insert': 'system: all',
  'share forge': 'system: all',
  'share update': 'system: all',
  'seat_link select': 'named: case confined | clerkElsewhere: elsewhere | system: all | @working assigned: case',
  'seat_link insert': 'system: all | named assigned @working: case',
  'seat_link forge': 'system: all',
  'seat_link update': 'system: all',
  'seat_link delete': 'system: all',
  'session select': 'administrator: other~ | system: other',
  'session forge': 'system: other',
  'session update': 'system: other',
  'session delete': 'system: other',
  'setting select': 'reviewer: own | @everybody: other',
  'setting insert': 'system: other',
  'setting forge': 'system: other',
  'setting update': 'system: other',
  'setting_draft select': 'reviewer: own | @working named manager auditor clerkElsewhere system: other',
  'setting_draft insert': 'manager auditor: other',
  'setting_draft update': 'manager auditor: other',
  'sign_in_try select': 'system: other',
  'sign_in_try insert': 'system: other',
  'sign_in_try update': 'system: other',
  'sign_in_try delete': 'system: other',
  'standing select':
    'linked: case | owner: case draft | named: case confined | clerkElsewhere: case~ elsewhere | system: all | manager auditor: case elsewhere | managerElsewhere auditorElsewhere: case~ | @working proxy assigned: case',
  'standing insert': 'owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | @working proxy assigned: case',
  'standing forge': 'named: case confined | clerkElsewhere: elsewhere | system: all | @atTheTable: case~ | @working: case',
  'standing update':
    'linked: case | owner: case draft | named: case confined | clerkElsewhere: elsewhere | system: all | @working proxy assigned: case',
  'uncollected select': 'system: other',
  'uncollected insert': 'linked: other | @known system: other',
  'uncollected delete': 'system: other',
  'urgent_access select':
    'linked: case | reviewer: case confined~ elsewhere~ | named: case confined | manager: case elsewhere | clerkElsewhere: elsewhere | auditor system: all | @working @atTheTable: case',
  'urgent_access insert': 'clerkElsewhere: elsewhere~ | manager auditor: case~ confined~ elsewhere~ | @working named: case~ confined~',
  'urgent_access update': 'system: all',
  'watermark select': 'system: other',
  'watermark insert': 'system: other',
  'watermark update': 'system: other',
}

/** Whose rows an attacker gets, by table and operation: `matter select` → `case draft`. */
export function allowedTo(attacker: Attacker): Record<string, string> {
  const its = Object.entries(table).flatMap(([what, rows]) => {
    const entry = rows.split(' | ').find((one) => membersOf(one.split(': ')[0] ?? '').includes(attacker))
    return entry ? [[what, entry.split(': ')[1] ?? ''] as const] : []
  })
  return Object.fromEntries(its)
}

const membersOf = (who: string): string[] =>
  who.split(' ').flatMap((one): readonly string[] => (one.startsWith('@') ? (groups[one.slice(1)] ?? []) : [one]))
