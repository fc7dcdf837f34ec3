import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { App, Button, Form } from 'antd'
import { useState } from 'react'
import { Refused } from '../api.ts'
import type { Person, RegisterChange } from '../contract.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { answersOf, fieldsOf, pathOf } from '../ui/schema-fields.ts'
import { SchemaFields } from '../ui/schema-field.tsx'
import { isStale } from '../act/stale.ts'
import { timeOf } from '../ui/time.ts'

type Values = Record<string, unknown>
type Its = {
  edit: NonNullable<Person['edit']>
  version: number
  changes: RegisterChange[]
  queryKey: QueryKey
  send(body: { version: number; input: Values }): Promise<{ version: number }>
}

/** Changing an entry of the register. Whoever comes second keeps what they typed, and sees what the first changed. */
export function RegisterPart({ edit, version, changes, queryKey, send }: Its) {
  const [form] = Form.useForm<Values>()
  const [seen, setSeen] = useState(version)
  const [met, setMet] = useState<number | null>(null)
  const queries = useQueryClient()
  const { message } = App.useApp()
  const save = useMutation({
    mutationFn: (values: Values) => send({ version: seen, input: answersOf(values) }),
    onSuccess: (after) => {
      queries.setQueryData(queryKey, after)
      setSeen(after.version)
      setMet(null)
      form.resetFields(['basis'])
      void message.success('已保存')
    },
    onError: (error) => {
      if (error instanceof Refused)
        form.setFields((error.detail.issues ?? []).map((issue) => ({ name: pathOf(issue.path), errors: [issue.message] })))
    },
  })
  const reload = async () => {
    setMet(seen)
    await queries.refetchQueries({ queryKey })
    setSeen(queries.getQueryData<{ version: number }>(queryKey)?.version ?? seen)
    save.reset()
  }
  const others = met === null ? [] : changes.filter((change) => change.version > met)
  return (
    <section className="part" aria-labelledby="edit">
      <h2 id="edit">修改登记</h2>
      {save.error && (
        <RefusalNote
          error={save.error}
          action={
            isStale(save.error) && (
              <Button size="small" onClick={() => void reload()}>
                看看改了什么，保留我填的
              </Button>
            )
          }
        />
      )}
      {others.length > 0 && <Others changes={others} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={edit.values}
        onFinish={(values) => save.mutate(values)}
        scrollToFirstError={{ focus: true, block: 'center' }}
      >
        <SchemaFields fields={fieldsOf(edit.schema)} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          保存
        </Button>
      </Form>
    </section>
  )
}

/** What others changed while this was being filled in. */
const Others = ({ changes }: { changes: RegisterChange[] }) => (
  <>
    <p>您打开之后别人改了下面这些。您填的都在，核对后再保存。</p>
    <Changes changes={changes} />
  </>
)

/** Who changed what, latest first. */
export const RegisterHistory = ({ changes }: { changes: RegisterChange[] }) => (
  <section className="part" aria-labelledby="history">
    <h2 id="history">修改记录</h2>
    {changes.length === 0 ? <p className="empty">没有修改过，或者不在您的辖区。</p> : <Changes changes={changes} />}
  </section>
)

const Changes = ({ changes }: { changes: RegisterChange[] }) => (
  <ul className="list">
    {changes.map(({ version, at, by, basis, rows }) => (
      <li key={version}>
        {rows.map(({ label, before, after }) => (
          <p key={label}>{`${label}：${before} → ${after}`}</p>
        ))}
        <span className="aside">{[timeOf(at), by, basis].join(' · ')}</span>
      </li>
    ))}
  </ul>
)
