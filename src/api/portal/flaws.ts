import type { Issue, No } from '#kernel/refusal.ts'
import { isMessageKey } from '#platform/messages/messages.ts'
import type { FieldError, Values } from '#portal/pieces/form.tsx'

type Flaw = Omit<FieldError, 'field'>

/** What is wrong with what stands in a field, by what the schema found. */
const flaws: Readonly<Record<string, (issue: Issue) => Flaw>> = {
  invalid_value: () => ({ message: 'answer.choose' }),
  invalid_type: ({ expected }) => ({ message: expected === 'number' ? 'answer.number' : 'answer.invalid' }),
  too_small: ({ origin, minimum }) => tooSmall[String(origin)]?.(Number(minimum)) ?? { message: 'answer.invalid' },
  too_big: ({ origin }) => ({ message: origin === 'string' ? 'answer.tooLong' : 'answer.invalid' }),
}

/** The same of what is too little, by what it is. */
const tooSmall: Readonly<Record<string, (minimum: number) => Flaw>> = {
  string: (n) => (n > 1 ? { message: 'answer.atLeast', params: { n } } : { message: 'answer.required' }),
  array: () => ({ message: 'answer.choose' }),
}

/** And of a field in which nothing stands. */
const missing = ({ code, expected }: Issue): Flaw => ({
  message: code === 'invalid_value' || expected === 'array' ? 'answer.choose' : 'answer.required',
})

/** A refusal's issues as errors at the fields of a page, one a field; `typed` is what stood in them. */
export function errorsOf({ issues = [] }: No['detail'], typed: Values): FieldError[] {
  const errors = issues.map((issue): FieldError => ({ field: issue.path.split('.')[0]!, ...flawOf(issue, typed) })) // a text has a first part
  return errors.filter(({ field }, i) => errors.findIndex((one) => one.field === field) === i)
}

function flawOf(issue: Issue, typed: Values): Flaw {
  if (isMessageKey(issue.message)) return { message: issue.message }
  const isMissing = typed[issue.path] === undefined
  return (isMissing ? missing : flaws[issue.code ?? ''])?.(issue) ?? { message: 'answer.invalid' }
}
