import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Form } from 'antd'
import { useState } from 'react'
import { act, Refused } from './api.ts'
import type { Act, Action, Entry, Issue, Matter } from './contract.ts'
import { draftOf, dropDraft, keepDraft, newKey } from './drafts.ts'
import { answersOf, asksAt, defaultsOf, fieldsOf, fixedOf, pathOf } from './schema-fields.ts'
import { useFreshMatter } from './use-fresh-matter.ts'

type Values = Record<string, unknown>

/** Taking one action: its form with what was typed before, sending it once, and placing what the server says is wrong. */
export function useAct(matter: Matter, action: Action, close: () => void) {
  const { schema } = action
  const [form] = Form.useForm<Values>()
  const draft = useDraft(matter, action)
  const since = useNewEntries(matter)
  const fields = fieldsOf(schema)
  const [placed, unplaced] = [(issue: Issue) => asksAt(fields, pathOf(issue.path)), (issue: Issue) => !asksAt(fields, pathOf(issue.path))]
  const done = useDone(matter, action, close)
  const queries = useQueryClient()
  const mutationKey = ['act', action.path]
  const take = useMutation({
    mutationKey,
    mutationFn: (body: Act) => act(action.path, body),
    onSuccess: done,
    onError: (error) => place(issuesOf(error).filter(placed)),
  })
  const place = (issues: Issue[]) => {
    form.setFields(issues.map(({ path, message }) => ({ name: pathOf(path), errors: [message] })))
    if (issues[0]) form.scrollToField(pathOf(issues[0].path), { focus: true, block: 'center' })
  }
  const submit = (values: Values) => {
    // The second click of a double click comes before the button knows it is busy.
    if (queries.isMutating({ mutationKey }) > 0) return
    take.mutate({ version: matter.version, key: draft.key(), input: { ...answersOf(values), ...fixedOf(schema) } })
  }
  const clear = () => form.setFieldsValue({ ...draft.drop(), ...defaultsOf(schema) })
  const reload = async () => {
    await since.reload()
    draft.renew(form.getFieldsValue(true))
    take.reset()
  }
  const asked = { form, fields, initial: { ...defaultsOf(schema), ...draft.begun }, remember: draft.remember, submit }
  const refused = {
    error: take.error,
    unplaced: issuesOf(take.error)
      .filter(unplaced)
      .map(({ message }) => message),
    reload,
  }
  return { asked, refused, isBusy: take.isPending, isBrought: draft.isBrought, clear, since: since.entries }
}

/** What is wrong with which field, as the server says it. */
export const issuesOf = (error: Error | null): Issue[] => (error instanceof Refused ? (error.detail.issues ?? []) : [])

function useDone(matter: Matter, action: Action, close: () => void) {
  const { message } = App.useApp()
  const { keep } = useFreshMatter(matter)
  return (after: Matter) => {
    dropDraft(matter, action.key)
    keep(after)
    void message.success(`已办：${action.title}`)
    close()
  }
}

/** What was typed, and the key it goes under, kept while the form is open and after. */
function useDraft(matter: Matter, { key: action }: Action) {
  const [begun] = useState(() => draftOf(matter, action).values)
  const [isBrought, setBrought] = useState(Object.keys(begun).length > 0)
  return {
    begun,
    isBrought,
    key: () => draftOf(matter, action).key,
    remember: (_: unknown, values: Values) => keepDraft(matter, action, { ...draftOf(matter, action), values }),
    /** A key that already took effect would be refused for ever; what is sent from here on is a new act. */
    renew: (values: Values) => keepDraft(matter, action, { key: newKey(), values }),
    /** Forgets it; returns the same fields, emptied. */
    drop: (): Values => {
      const fields = Object.keys(draftOf(matter, action).values)
      dropDraft(matter, action)
      setBrought(false)
      return Object.fromEntries(fields.map((name) => [name, undefined]))
    },
  }
}

/** What others did between opening the form and reading the matter again. */
function useNewEntries(matter: Matter) {
  const { refetch } = useFreshMatter(matter)
  const [entries, setEntries] = useState<Entry[] | null>(null)
  const reload = async () => {
    const seen = Math.max(0, ...matter.timeline.map(({ seq }) => seq))
    const { timeline } = await refetch()
    setEntries(timeline.filter(({ seq }) => seq > seen))
  }
  return { entries, reload }
}
