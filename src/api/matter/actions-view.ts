import { check } from '#kernel/decide.ts'
import { citeText } from '#kernel/cite.ts'
import { faceOf, type Face } from '#kernel/face.ts'
import { isDuty, type Relation } from '#kernel/actor.ts'
import type { Action, Form, Line } from '#kernel/line.ts'
import type { Clock, Matter } from '#kernel/matter.ts'
import type { No } from '#kernel/refusal.ts'
import { pick, refusalText, say, type Language } from '#platform/messages/messages.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { helpOf } from './action-help.ts'
import { askedBy, formSchema } from '#api/form-schema.ts'
import { relationTitle } from './relation-title.ts'

/** What may be done with a matter now, and what may not and why: the same predicate that guards the server. */
export function actionsFor(tx: Tx, line: Line, matter: Matter, clocks: readonly Clock[], language: Language) {
  const its = { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) }
  return inOrder(line).flatMap(([key, action]) => {
    const refusal = check(line, matter, key, its)
    if (refusal && !(action.from.includes(matter.state) && isWorthShowing(refusal, action.by, tx.actor.kind))) return []
    return [
      {
        key,
        title: pick(action.title, language),
        allowed: refusal === null,
        why: refusal && whyNot(line, refusal, language, faceOf(tx.actor)),
        article: action.cite ? citeText(action.cite) : null,
        confirm: action.confirm ? pick(action.confirm, language) : null,
        own: action.own ?? null,
        isPersonal: asksBeyondLog(action),
        help: refusal === null && tx.actor.kind !== 'citizen' ? helpOf(line, matter, key, clocks, its, language) : null,
        schema: formSchema(askedBy(action), language),
        path: `/api/${line.key}/${matter.region}/${matter.id}/${key}`,
      },
    ]
  })
}

const inOrder = (line: Line) =>
  Object.entries(line.actions).toSorted(([, a], [, b]) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) || 0)

/** Whether the form asks for what the log does not keep: that is personal (decision 0011). */
const asksBeyondLog = ({ asks, form }: Action<string, Form>): boolean =>
  Object.keys(asks?.shape ?? {}).some((field) => !Object.hasOwn(form.shape, field))

/** A disabled button helps whose turn is close: not what belongs to the machine or to another side of the desk. */
function isWorthShowing(refusal: No, by: readonly Relation[], kind: string): boolean {
  if (by.every((one) => one === 'system')) return false
  if (refusal.code !== 'not_permitted') return true
  return kind === 'staff' && by.some(isDuty)
}

/** Why not, with the papers that are missing or who else could: as people read it beside a button. */
export function whyNot(line: Line, refusal: No, language: Language, face: Face): string {
  const missing = refusal.detail['missing']
  if (refusal.code === 'missing_document' && Array.isArray(missing))
    return say(language, 'why.missing', {
      documents: missing.map((kind: string) => pick(line.documents[kind]?.title ?? { zh: kind, en: kind }, language)).join('、'),
    })
  if (refusal.code === 'not_permitted')
    return say(language, 'why.by', {
      who: (refusal.detail.by ?? [])
        .filter((one) => one !== 'system')
        .map((one) => relationTitle(line, one, language))
        .join('、'),
    })
  return refusalText(refusal, language, face)
}
