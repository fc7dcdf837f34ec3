import type { Door } from '#platform/route.ts'
import { duties } from '#kernel/actor.ts'
import { lines } from '#lines/index.ts'

const anyone: readonly Door[] = ['visitor']
const staff: readonly Door[] = duties
const desk: readonly Door[] = [...duties, 'provider']
const person: readonly Door[] = ['citizen']
const everyoneKnown: readonly Door[] = ['citizen', 'provider', ...duties]
const officers: readonly Door[] = ['reviewer', 'director']

/** Who may knock at each route. What lies behind a door is for the row policies and the line to say; a route that is missing here stops the server from starting. */
export const permissions: Readonly<Record<string, readonly Door[]>> = {
  'health.read': anyone,
  'account.me': everyoneKnown,
  'account.signIn': anyone,
  'account.signOut': anyone,
  'queue.list': desk,
  'queue.choices': desk,
  'filter.list': desk,
  'filter.save': desk,
  'filter.drop': desk,
  'bulk.preview': desk,
  'search.find': desk,
  'notice.list': desk,
  'notice.read': desk,
  'notice.unread': desk,
  'matter.read': everyoneKnown,
  'matter.reveal': desk,
  'matter.assess': officers,
  'matter.candidates': ['director'],
  'document.add': everyoneKnown,
  'document.read': everyoneKnown,
  'measure.list': staff,
  'setting.list': staff,
  'setting.set': ['manager'],
  'practitioner.list': staff,
  'office.list': anyone,
  'region.list': anyone,
  'audit.list': ['auditor'],
  'legal-aid.open': person,
  'objection.open': ['citizen', 'intake', 'supervisor'],
  'criminal-notice.open': ['intake', 'reviewer', 'director'],
  ...Object.fromEntries(lines.flatMap((line) => Object.keys(line.actions).map((action) => [`${line.key}.${action}`, everyoneKnown]))),
  'portal.home': anyone,
  'portal.start': anyone,
  'portal.places': anyone,
  'portal.language': anyone,
  'portal.next': person,
  'portal.addDocument': person,
  'portal.question': person,
  'portal.answer': person,
  'portal.check': person,
  'portal.submit': person,
  'portal.receipt': person,
  'portal.track': person,
  'portal.do': person,
  'portal.upload': person,
  'portal.proxy': person,
  'portal.appointProxy': person,
  'portal.object': person,
  'portal.document': person,
  'portal.mine': person,
  'portal.return': anyone,
  'portal.reopen': anyone,
  'portal.signIn': anyone,
  'portal.sendCode': anyone,
  'portal.checkCode': anyone,
  'portal.oidc': anyone,
  'portal.oidcBack': anyone,
  'portal.signOut': anyone,
  'portal.privacy': anyone,
  'portal.css': anyone,
}
