import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer, Form, Skeleton } from 'antd'
import { useState } from 'react'
import { bulkQuery, meQuery, previewBulk } from '../api.ts'
import { startBulk } from './bulk-job.ts'
import { CandidateField, candidateFieldOf } from '../matter/candidates.tsx'
import type { BulkAction, BulkRow, QueueRow, Schema } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { LoadFailure, RefusalNote } from '../ui/refusal-note.tsx'
import { SchemaFields } from '../ui/schema-field.tsx'
import { answersOf, asksAt, defaultsOf, fieldsOf, fixedOf, pathOf } from '../ui/schema-fields.ts'
import { issuesOf } from '../ui/place-issues.ts'

/** Choosing one action for the rows picked, seeing what it would do to each, and only then taking it. */
export default function BulkDrawer({ rows, close, started }: { rows: QueueRow[]; close: () => void; started: () => void }) {
  const [picked] = useState(rows)
  const { data, error, refetch } = useQuery(bulkQuery(picked))
  const [chosen, choose] = useState<BulkAction | null>(null)
  const action = chosen ?? (data?.actions.length === 1 ? data.actions[0] : null)
  return (
    <Drawer open title={action ? `${action.title}（${picked.length} 件）` : `一起办理 ${picked.length} 件`} size={640} onClose={close}>
      {error && <LoadFailure error={error} retry={refetch} />}
      {!data && !error && <Skeleton active title={false} />}
      {data && !action && <Actions actions={data.actions} of={picked.length} choose={choose} />}
      {action && <BulkForm key={`${action.line}.${action.key}`} action={action} rows={picked} close={close} started={started} />}
    </Drawer>
  )
}

const Actions = ({ actions, of, choose }: { actions: BulkAction[]; of: number; choose: (action: BulkAction) => void }) =>
  actions.length === 0 ? (
    <p className="empty">选中的这些事，没有可以一起办的。需要逐件斟酌的，请一件一件打开来办。</p>
  ) : (
    <ul className="actions">
      {actions.map((action) => (
        <li key={`${action.line}.${action.key}`}>
          <Button block onClick={() => choose(action)}>{`${action.title}（${of} 件里有 ${action.allowed} 件能办）`}</Button>
          <span className="aside">{[action.lineTitle, action.article].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  )

type Values = Record<string, unknown>

type Filling = { action: BulkAction; rows: QueueRow[]; close: () => void; started: () => void }

function BulkForm({ action, rows, close, started }: Filling) {
  const [form] = Form.useForm<Values>()
  const schema: Schema = action.schema
  const fields = fieldsOf(schema)
  const { data: before } = useQuery(bulkQuery(rows, action))
  const check = useCheck(action, rows, schema, (issues) => form.setFields(issues))
  const take = useTake(action, check.data, started)
  const open = before?.rows.find(({ allowed }) => allowed)
  const candidate = action.panel ? candidateFieldOf(fields) : undefined
  const ready = check.data?.rows.filter(({ allowed }) => allowed).length ?? 0
  return (
    <>
      {check.error && check.unplaced && <RefusalNote error={check.error} />}
      <Form form={form} layout="vertical" initialValues={defaultsOf(schema)} onValuesChange={check.reset} onFinish={check.submit}>
        {action.panel && candidate && open && <CandidateField at={open} panel={action.panel} field={candidate} />}
        {candidate && <p className="aside">人选按其中一件列出。选定以后，会对每一件各自核对有没有利益冲突。</p>}
        <SchemaFields fields={fields.filter((field) => field !== candidate)} />
        {action.confirm && <Alert className="note" type="warning" showIcon title={action.confirm} />}
        <Outcomes rows={check.data?.rows ?? before?.rows} />
        <div className="ending">
          <Button onClick={close}>先不办</Button>
          {check.data ? (
            <Button type="primary" disabled={ready === 0} onClick={take}>{`确认办理 ${ready} 件`}</Button>
          ) : (
            <Button type="primary" htmlType="submit" loading={check.isPending} disabled={!open}>
              核对一遍
            </Button>
          )}
        </div>
      </Form>
    </>
  )
}

/** Asks the server what the form as filled in would do to each. Any change of the form asks anew. */
function useCheck(
  action: BulkAction,
  rows: QueueRow[],
  schema: Schema,
  place: (issues: { name: (string | number)[]; errors: string[] }[]) => void,
) {
  const fields = fieldsOf(schema)
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: (input: Values) => previewBulk(rows, action, input).then((preview) => ({ ...preview, input })),
    onError: (refused) => place(issuesOf(refused).map(({ path, message }) => ({ name: pathOf(path), errors: [message] }))),
  })
  const submit = (values: Values) => mutate({ ...answersOf(values), ...fixedOf(schema) })
  const unplaced = issuesOf(error).filter(({ path }) => asksAt(fields, pathOf(path))).length === 0
  return { data, error, unplaced, isPending, reset, submit }
}

function useTake(action: BulkAction, checked: { rows: BulkRow[]; input: Values } | undefined, started: () => void) {
  const { data: me } = useQuery(meQuery)
  return () => {
    if (!checked || !me) return
    startBulk(
      { by: me.id, title: action.title, input: checked.input },
      checked.rows.filter(({ allowed }) => allowed),
    )
    started()
  }
}

/** What becomes of each, those that cannot be taken first. */
const Outcomes = ({ rows }: { rows: BulkRow[] | undefined }) => {
  if (!rows) return <Skeleton active title={false} paragraph={{ rows: 4 }} />
  const inOrder = rows.toSorted((a, b) => Number(a.allowed) - Number(b.allowed))
  return (
    <ul className="outcomes" aria-label="每一件会怎样">
      {inOrder.map((row) => (
        <li key={row.id}>
          <span>
            {row.title}
            <span className="aside">{row.number}</span>
          </span>
          <span>
            {row.allowed ? <Mark tone="good">{row.will ? `将变为：${row.will}` : '可以办'}</Mark> : <Mark tone="bad">不能办</Mark>}
            {row.why && <span className="aside">{row.why}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
