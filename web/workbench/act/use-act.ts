import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Form } from 'antd'
import { useState } from 'react'
import { act } from '../api.ts'
import type { Act, Action, Matter } from '../contract.ts'
import { draftOf, dropDraft, keepDraft, newKey } from './drafts.ts'
import { answersOf, asksAt, defaultsOf, fieldsOf, fixedOf, pathOf, type Field } from '../ui/schema-fields.ts'
import { issuesOf, placeAsked } from '../ui/place-issues.ts'
import { isStale } from './stale.ts'
import { useFreshMatter } from '../matter/use-fresh-matter.ts'

type Values = Record<string, unknown>

/**
 * Taking one action: its form with what was typed before, sending it once, and placing what the server says is wrong. It is sent as an
 * answer to the matter as it was `seen`; what changed since is shown before it is sent again.
 */
export function useAct(matter: Matter, action: Action, close: () => void) {
  const { schema } = action
  const [form] = Form.useForm<Values>()
  const draft = useDraft(matter, action)
  const [seen, setSeen] = useState(matter)
  const fields = fieldsOf(schema)
  const { refetch } = useFreshMatter(matter)
  const done = useDone(matter, action, close)
  const queries = useQueryClient()
  const mutationKey = ['act', action.path]
  const take = useMutation({
    mutationKey,
    mutationFn: (body: Act) => act(action.path, body),
    onSuccess: done,
    onError: async (error) => {
      placeAsked(form, error, fields)
      if (isStale(error)) await refetch()
    },
  })
  const send = (values: Values, { version }: Matter) => {
    // The second click of a double click comes before the button knows it is busy.
    if (queries.isMutating({ mutationKey }) > 0) return
    take.mutate({ version, key: draft.key(), input: { ...answersOf(values), ...fixedOf(schema) } })
  }
  const see = () => {
    draft.renew(form.getFieldsValue(true))
    take.reset()
    setSeen(matter)
  }
  const again = async () => {
    const values = await form.validateFields().catch(() => null)
    if (values === null)
      return form.scrollToField(form.getFieldsError().find(({ errors }) => errors.length > 0)?.name ?? [], { focus: true })
    see()
    send(values, matter)
  }
  return {
    asked: {
      form,
      fields,
      initial: { ...defaultsOf(schema), ...draft.begun },
      remember: draft.remember,
      submit: (values: Values) => send(values, seen),
    },
    refused: { error: take.error, unplaced: unplacedIn(take.error, fields), reload: refetch },
    changed: matter.version === seen.version ? null : { before: seen, after: matter, wasRefused: isStale(take.error), see, again },
    isBusy: take.isPending,
    isBrought: draft.isBrought,
    clear: () => form.setFieldsValue({ ...draft.drop(), ...defaultsOf(schema) }),
  }
}

/** What is wrong with what the form does not show. */
const unplacedIn = (error: Error | null, fields: Field[]): string[] =>
  issuesOf(error).flatMap(({ path, message }) => (asksAt(fields, pathOf(path)) ? [] : [message]))

function useDone(matter: Matter, action: Action, close: () => void) {
  const { message } = App.useApp()
  const { keep } = useFreshMatter(matter)
  return (after: Matter) => {
    dropDraft(matter, action)
    keep(after)
    void message.success(`已办：${action.title}`)
    close()
  }
}

/** What was typed, and the key it goes under, kept while the form is open and after. */
function useDraft(matter: Matter, action: Action) {
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
