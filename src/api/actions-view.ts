import { check } from '#kernel/decide.ts'
import { citeText } from '#kernel/cite.ts'
import type { Relation } from '#kernel/actor.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import type { No } from '#kernel/refusal.ts'
import { pick, refusalText, say, type Language } from '#platform/messages.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { askedBy, formSchema } from './form-schema.ts'

/** What may be done with a matter now, and what may not and why: the same predicate that guards the server. */
export function actionsFor(tx: Tx, line: Line, matter: Matter, language: Language) {
  const its = { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) }
  return Object.entries(line.actions).flatMap(([key, action]) => {
    const refusal = check(line, matter, key, its)
    if (refusal && !isWorthShowing(refusal, action.by, tx.actor.kind)) return []
    return [
      {
        key,
        title: pick(action.title, language),
        allowed: refusal === null,
        why: refusal && whyNot(line, refusal, language),
        article: action.cite ? citeText(action.cite) : null,
        confirm: action.confirm ? pick(action.confirm, language) : null,
        own: action.own ?? null,
        schema: formSchema(askedBy(action), language),
        path: `/api/${line.key}/${matter.region}/${matter.id}/${key}`,
      },
    ]
  })
}

/** A disabled button helps whose turn is close: not what belongs to another state, the machine, or another side of the desk. */
function isWorthShowing(refusal: No, by: readonly Relation[], kind: string): boolean {
  if (refusal.code === 'wrong_state' || by.every((one) => one === 'system')) return false
  if (refusal.code !== 'not_permitted') return true
  return kind === 'staff' && by.some((one) => !['applicant', 'proxy', 'assignee', 'system'].includes(one))
}

/** Why not, with the papers that are missing or who else could: as people read it beside a button. */
export function whyNot(line: Line, refusal: No, language: Language): string {
  const missing = refusal.detail['missing']
  if (refusal.code === 'missing_document' && Array.isArray(missing))
    return say(language, 'why.missing', {
      documents: missing.map((kind: string) => pick(line.documents[kind]?.title ?? { zh: kind, en: kind }, language)).join('、'),
    })
  if (refusal.code === 'not_permitted')
    return say(language, 'why.by', {
      who: (refusal.detail['by'] as Relation[])
        .filter((one) => one !== 'system')
        .map((one) => say(language, `relation.${one}`))
        .join('、'),
    }) // `check` lists the relations
  return refusalText(refusal, language)
}
