import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { openingsQuery, takeIn } from '../api.ts'
import type { OpeningForm } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { LoadFailure, RefusalNote } from '../ui/refusal-note.tsx'
import { SchemaFields } from '../ui/schema-field.tsx'
import { answersOf, fieldsOf } from '../ui/schema-fields.ts'
import { newKey } from './drafts.ts'
import { placeAsked } from '../ui/place-issues.ts'

type Values = Record<string, unknown>

/** Taking something in for somebody at the window: which service, then its own form. */
export default function TakeInPage() {
  const { data, error, refetch } = useQuery(openingsQuery)
  const [chosen, setChosen] = useState<string>()
  const opening = data?.rows.find(({ line }) => line === chosen) ?? (data?.rows.length === 1 ? data.rows[0] : undefined)
  return (
    <div className="page">
      <title>新收 · 法惠工作台</title>
      <h1>新收</h1>
      <p className="lead">有人到窗口来、打电话来，或者您这边主动提议的，在这里登记。本人不用有账号。</p>
      {error && !data && <LoadFailure error={error} retry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {data?.rows.length === 0 && <p>您这里没有要登记的事。当事人自己在网上提交的，会直接到“事项”里。</p>}
      {data && data.rows.length > 1 && (
        <nav aria-label="收什么" className="choosing">
          {data.rows.map(({ line, title }) => (
            <Button
              key={line}
              type={line === opening?.line ? 'primary' : 'default'}
              aria-pressed={line === opening?.line}
              onClick={() => setChosen(line)}
            >
              {title}
            </Button>
          ))}
        </nav>
      )}
      {opening && <OpeningPart key={opening.line} opening={opening} />}
    </div>
  )
}

/** One service's form. Its id is made here, so that a form sent twice opens one matter. */
function OpeningPart({ opening }: { opening: OpeningForm }) {
  const { title, path, schema, counties } = opening
  const [form] = Form.useForm<Values>()
  const [id] = useState(newKey)
  const navigate = useNavigate()
  const { message } = App.useApp()
  const fields = fieldsOf(schema)
  const send = useMutation({
    mutationFn: ({ region, ...values }: Values) => takeIn(path, { ...answersOf(values), region: String(region), id }),
    onSuccess: (matter) => {
      void message.success(`已登记：${title}`)
      void navigate({ to: paths.matter, params: { region: matter.region, id: matter.id } })
    },
    onError: (error) => placeAsked(form, error, fields),
  })
  const lists = fields.filter(({ ask }) => ask.kind === 'list').map(({ path }) => [String(path[0]), [{}]] as const)
  return (
    <section className="part" aria-labelledby="take-in">
      <h2 id="take-in">{title}</h2>
      {send.error && <RefusalNote error={send.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ region: counties.length === 1 ? counties[0]?.value : undefined, ...Object.fromEntries(lists) }}
        onFinish={send.mutate}
        scrollToFirstError={{ focus: true, block: 'center' }}
      >
        {counties.length > 1 && (
          <Form.Item name="region" label="哪个县、区" rules={[{ required: true, message: '请选县、区' }]}>
            <Select options={counties.map(({ value, title }) => ({ value, label: title }))} placeholder="请选择" />
          </Form.Item>
        )}
        {counties.length === 1 && (
          <Form.Item name="region" hidden>
            <input type="hidden" />
          </Form.Item>
        )}
        <SchemaFields fields={fields} />
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          登记
        </Button>
      </Form>
    </section>
  )
}
