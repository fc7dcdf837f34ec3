import type { Actor } from '#kernel/actor.ts'
import { system, visitor } from '#platform/tx.ts'
import { roles } from '#test/roles.ts'
import { linked, named } from './planted-rows.ts'

/** Who might get a statement of their own into the service, by the context it is then in; null is none at all. */
export const attackers = {
  nobody: null,
  visitor,
  owner: roles.owner,
  proxy: roles.proxy,
  stranger: roles.stranger,
  linked,
  assigned: roles.assigned,
  otherProvider: roles.otherProvider,
  clerk: roles.clerk,
  reviewer: roles.reviewer,
  named,
  director: roles.director,
  supervisor: roles.supervisor,
  manager: roles.manager,
  auditor: roles.auditor,
  administrator: roles.administrator,
  clerkElsewhere: roles.clerkElsewhere,
  managerElsewhere: roles.managerElsewhere,
  auditorElsewhere: roles.auditorElsewhere,
  distantAdministrator: roles.distantAdministrator,
  system,
} as const satisfies Record<string, Actor | null>

export type Attacker = keyof typeof attackers
export const names = Object.keys(attackers) as Attacker[] // keys of the record
