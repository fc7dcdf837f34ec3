import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Answers } from '#kernel/journey/journey.ts'
import { actionOf } from '#kernel/line.ts'
import type { No, RefusalCode } from '#kernel/refusal.ts'
import { entrances, journeyFor } from '#lines/services.ts'
import { lines } from '#lines/services.ts'
import { say, type Language } from '#platform/messages/messages.ts'
import type { FloodDoor } from '#platform/doors/flood-limits.ts'
import type { Serving, Typed } from '#platform/http/serving.ts'
import { fieldsOf } from '#portal/pieces/action-form.tsx'
import type { ShownField } from '#portal/pieces/field.tsx'
import { paths } from '#portal/frame/paths.ts'
import { ProblemPage, type ProblemProps } from '#portal/problem.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { askedBy, formSchema } from '#api/form-schema.ts'
import { isShared, keyed, seenBy } from './visiting.ts'

/** Where a refusal sends its reader. */
type Place = 'comeBack' | 'signIn' | 'matter' | 'check' | 'window'
type Onward = {
  to: readonly Place[]
  /** Sending the same again would be refused again. */
  isOver?: true
}

/** What can be done after each refusal a person may meet; elsewhere the form is sent again once it is put right. */
const onward: Readonly<Record<string, Onward | undefined>> = {
  sign_in_first: { to: ['comeBack', 'signIn'] },
  stale: { to: ['matter'] },
  not_found: { to: ['comeBack'] },
  wrong_credentials: { to: ['comeBack', 'signIn'] },
  too_many: { to: ['window'] },
  missing_document: { to: ['matter'] },
  missing_answer: { to: ['check'] },
  wrong_state: { to: ['matter'], isOver: true },
  key_reused: { to: ['matter'] },
  once_only: { to: ['matter'], isOver: true },
  not_permitted: { to: ['matter'], isOver: true },
  not_applicable: { to: ['matter'], isOver: true },
  too_early: { to: ['matter'], isOver: true },
  too_late: { to: ['matter'], isOver: true },
} satisfies Partial<Record<RefusalCode, Onward>>

/** Where one door has been knocked at too often, the other that leads to the same. */
const otherDoor: Readonly<Record<string, Place | undefined>> = {
  'floods.codes': 'comeBack',
  'floods.signIns': 'comeBack',
  'floods.returns': 'signIn',
} satisfies Partial<Record<FloodDoor, Place>>

const doorBeside = (no: No): Place[] => [otherDoor[String(no.detail['door'])] ?? []].flat()

/** The page of a refusal or a fault, saying what to do next, as private and as shared as the sitting it stands in. */
export const portalProblem: Serving['problem'] = (no, { requestId, again, session, url, now, ...looks }) => {
  const fields = again ? fieldsAt(again.action, dayOf(now), looks.language) : new Map<string, ShownField>()
  const isPrivate = looks.sitting.isPrivate || (again !== undefined && tellsPrivately(again))
  const seen = seenBy({ ...looks, session, sitting: { isPrivate, isShared: isShared({ session, sitting: looks.sitting }) } })
  const ways = waysFrom(no, { url, isKnown: session !== null, language: looks.language })
  return renderPage(
    <ProblemPage
      page={{ ...seen, here: '/' }}
      {...(no && { no })}
      requestId={requestId}
      ways={ways}
      {...(again && { again: formAgain(again, fields, no) })}
    />,
  )
}

/** Whether what stands in a form makes its page private: it may not have been saved yet. */
function tellsPrivately({ action, fields }: Typed): boolean {
  const said = Object.fromEntries(fields.map(({ name, value }) => [name, value]))
  const question = /\/q\/(\w+)/.exec(action)?.[1]
  const answers: Answers = question ? { [question]: said } : { story: said, kind: said }
  return entrances.some(({ isPrivate }) => isPrivate?.(answers))
}

function waysFrom(no: No | null, its: { url: string; isKnown: boolean; language: Language }): ProblemProps['ways'] {
  // As the address says it, whether or not there is such a matter.
  const code = /^\/m\/([0-9A-Z]{4,16})(?:[/?]|$)/.exec(its.url)?.[1]
  const back = { title: say(its.language, 'problem.comeBack'), href: code ? `${paths.comeBack}?code=${code}` : paths.comeBack }
  const follow = its.isKnown ? { title: say(its.language, 'mine.title'), href: paths.mine } : back
  const places: Record<Place, { title: string; href: string }> = {
    comeBack: back,
    // A draft begun without a name is found by its code alone.
    signIn: { title: say(its.language, code ? 'problem.signInBefore' : 'return.signIn'), href: paths.signIn },
    matter: code ? { title: say(its.language, 'problem.matter'), href: `/m/${code}` } : follow,
    window: { title: say(its.language, 'problem.window'), href: paths.places },
    check: code ? { title: say(its.language, 'check.goOn'), href: `/m/${code}/next` } : follow,
  }
  return (no ? [...doorBeside(no), ...(onward[no.code]?.to ?? [])] : []).map((place) => places[place])
}

/** What our own pages ask for by choice, or carry unseen. */
const carriedByUs: ReadonlySet<string> = new Set(['county', 'kind', 'via', 'about', 'way', 'again', 'confirmed', 'consents'])
const chosen: ReadonlySet<ShownField['kind']> = new Set(['radio', 'checkboxes', 'select'])

/** The form to send again: words in sight under their field's name, choices carried. The key and the version are not: sent again it is sent anew, by somebody who was told what changed. */
function formAgain(
  { action, fields }: Typed,
  declared: ReadonlyMap<string, ShownField>,
  no: No | null,
): NonNullable<ProblemProps['again']> {
  const isCarried = (name: string) => {
    const field = declared.get(name)
    return field ? chosen.has(field.kind) : carriedByUs.has(name)
  }
  const filled = fields.filter(({ name, value }) => value.trim() !== '' && !['key', 'version', 'matter'].includes(name))
  const label = { zh: '您写的', en: 'What you wrote' }
  return {
    action,
    hidden: keyed(),
    carried: filled.filter(({ name }) => isCarried(name)),
    typed: filled.filter(({ name }) => !isCarried(name)).map((one) => ({ ...one, label: declared.get(one.name)?.label ?? label })),
    ...(no && onward[no.code]?.isOver && { isOver: true }),
  }
}

/** The declared fields of the form that an address takes: of a question, or of an action. Where lines differ, words are shown rather than carried unseen. */
function fieldsAt(action: string, today: string, language: Language): ReadonlyMap<string, ShownField> {
  const [, kind, key = ''] = /^\/m\/\w+\/(q|do)\/(\w+)/.exec(action) ?? []
  const all = kind === 'q' ? questionFields(key, today) : kind === 'do' ? actionFields(key, language) : []
  return new Map(all.toSorted((a, b) => Number(chosen.has(b.kind)) - Number(chosen.has(a.kind))).map((field) => [field.name, field]))
}

const questionFields = (key: string, today: string): ShownField[] =>
  entrances.flatMap(({ line }) => journeyFor(line, today).flatMap((question) => (question.key === key ? question.fields : [])))

const actionFields = (key: string, language: Language): ShownField[] =>
  lines.flatMap(({ actions }) => {
    const action = actionOf({ actions }, key)
    return action ? fieldsOf(formSchema(askedBy(action), language)) : []
  })
