import type { FormInstance } from 'antd'
import { Refused } from '../api.ts'

/** Puts what the server found wrong beside the fields it names; true when every issue found its place. */
export function placeIssues(form: Pick<FormInstance, 'setFields' | 'getFieldsValue' | 'scrollToField'>, error: Error | null): boolean {
  const issues = error instanceof Refused ? (error.detail.issues ?? []) : []
  const fields = Object.keys(form.getFieldsValue() as object)
  const placed = issues.filter(({ path }) => fields.includes(path))
  form.setFields(placed.map(({ path, message }) => ({ name: path, errors: [message] })))
  if (placed[0]) form.scrollToField(placed[0].path, { focus: true, block: 'center' })
  return issues.length > 0 && placed.length === issues.length
}
