import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Drawer, Form, Skeleton } from 'antd'
import { useState } from 'react'
import type { AskingForm, Matter } from '../../contract.ts'
import { placeAsked } from '../../ui/place-issues.ts'
import { LoadFailure, RefusalNote } from '../../ui/refusal-note.tsx'
import { SchemaFields } from '../../ui/schema-field.tsx'
import { answersOf, fieldsOf } from '../../ui/schema-fields.ts'
import { useFreshMatter } from '../use-fresh-matter.ts'
import { askingQuery, tellFact } from './told-api.ts'

/** The way to write down what somebody without an account answers by word. */
export function SayFor({ matter }: { matter: Matter }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <p>
      <Button onClick={() => setOpen(true)}>记下本人说的</Button>
      {isOpen && <Asked matter={matter} close={() => setOpen(false)} />}
    </p>
  )
}

type Its = { matter: Matter; close: () => void }

/** What is still to be asked, of each; what was said here or came along is not asked again. */
function Asked({ matter, close }: Its) {
  const { data, error, refetch } = useQuery(askingQuery(matter))
  return (
    <Drawer open title="记下本人说的" size={560} rootClassName="action-drawer" onClose={close}>
      <p>没说的空着就行，以后再问。已经说过的、别处转来的，不再问。</p>
      {error && !data && <LoadFailure error={error} retry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {data?.rows.length === 0 && <p>要问的都问过了。</p>}
      {data?.rows.map((asking) => (
        <OneAsked key={asking.holder} {...{ matter, close, asking }} isAlone={data.rows.length === 1} />
      ))}
    </Drawer>
  )
}

type Values = Parameters<typeof tellFact>[1]

function OneAsked({ matter, close, asking, isAlone }: Its & { asking: AskingForm; isAlone: boolean }) {
  const [form] = Form.useForm<Values>()
  const { keep } = useFreshMatter(matter)
  const { message } = App.useApp()
  const fields = fieldsOf(asking.schema)
  const tell = useMutation({
    mutationFn: (values: Values) =>
      tellFact(matter, { ...values, said: answersOf({ ...values.said }) as Values['said'], holder: asking.holder }), // groups are answered by groups
    onSuccess: (after) => {
      keep(after)
      void message.success('已记下')
      close()
    },
    onError: (error) => placeAsked(form, error, fields),
  })
  return (
    <section aria-label={`问${asking.called}`}>
      {!isAlone && <h3>{asking.called}</h3>}
      {tell.error && <RefusalNote error={tell.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={tell.mutate} scrollToFirstError={{ focus: true, block: 'center' }}>
        <SchemaFields fields={fields} />
        <Button type="primary" htmlType="submit" loading={tell.isPending}>
          记下
        </Button>
      </Form>
    </section>
  )
}
