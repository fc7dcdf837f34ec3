import type { FormInstance } from 'antd'
import { Refused } from '../api.ts'
import type { Issue } from '../contract.ts'
import { asksAt, pathOf, type Field } from './schema-fields.ts'

/** What is wrong with which field, as the server says it. */
export const issuesOf = (error: Error | null): Issue[] => (error instanceof Refused ? (error.detail.issues ?? []) : [])

type Placed = { name: string | Field['path']; errors: string[] }

/** Puts each beside its field, and goes to the first. */
function place(form: Pick<FormInstance, 'setFields' | 'scrollToField'>, placed: Placed[]): void {
  form.setFields(placed)
  if (placed[0]) form.scrollToField(placed[0].name, { focus: true, block: 'center' })
}

/** Puts what the server found wrong beside the fields it names; true when every issue found its place. */
export function placeIssues(form: Pick<FormInstance, 'setFields' | 'getFieldsValue' | 'scrollToField'>, error: Error | null): boolean {
  const issues = issuesOf(error)
  const fields = Object.keys(form.getFieldsValue() as object)
  const placed = issues.filter(({ path }) => fields.includes(path))
  place(
    form,
    placed.map(({ path, message }) => ({ name: path, errors: [message] })),
  )
  return issues.length > 0 && placed.length === issues.length
}

/** The same in a form drawn from a schema; what it does not ask is left to be said above it. */
export const placeAsked = (form: Pick<FormInstance, 'setFields' | 'scrollToField'>, error: Error | null, fields: Field[]): void =>
  place(
    form,
    issuesOf(error).flatMap(({ path, message }) => (asksAt(fields, pathOf(path)) ? [{ name: pathOf(path), errors: [message] }] : [])),
  )
