import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Drawer, Form } from 'antd'
import { ActRefusal, Since } from './act-refusal.tsx'
import { CandidateField, candidateFieldOf } from './candidates.tsx'
import type { Action, Matter } from './contract.ts'
import { paths } from './paths.ts'
import { SchemaFields } from './schema-field.tsx'
import type { Field } from './schema-fields.ts'
import { useAct } from './use-act.ts'

/** The form of one action, beside the matter it is about. */
export function ActionDrawer({ matter, action }: { matter: Matter; action: Action }) {
  const navigate = useNavigate({ from: paths.matter })
  const close = () => void navigate({ search: ({ from }) => (from ? { from } : {}), replace: true, resetScroll: false })
  const { asked, refused, isBusy, isBrought, clear, since } = useAct(matter, action, close)
  return (
    <Drawer
      open
      title={action.title}
      size={560}
      rootClassName="action-drawer"
      onClose={close}
      footer={<Footer action={action} isBusy={isBusy} submit={asked.form.submit} close={close} />}
    >
      {!action.allowed && <Alert className="note" type="warning" showIcon role="alert" title={action.why ?? '现在不能办这一项'} />}
      <ActRefusal {...refused} />
      {since && !refused.error && <Since entries={since} />}
      {isBrought && <Brought clear={clear} />}
      {action.confirm && <Alert className="note" type="warning" showIcon title={action.confirm} />}
      {action.article && <p className="aside article">{`依据：${action.article}`}</p>}
      <Form
        form={asked.form}
        layout="vertical"
        initialValues={asked.initial}
        onValuesChange={asked.remember}
        onFinish={asked.submit}
        scrollToFirstError={{ focus: true, block: 'center' }}
      >
        <Fields matter={matter} action={action} fields={asked.fields} />
      </Form>
    </Drawer>
  )
}

function Fields({ matter, action, fields }: { matter: Matter; action: Action; fields: Field[] }) {
  const candidate = action.own === 'candidates' ? candidateFieldOf(fields) : undefined
  if (fields.length === 0) return <p>不用再填什么，核对无误就可以提交。</p>
  return (
    <>
      {candidate && <CandidateField at={matter} field={candidate} />}
      <SchemaFields fields={fields.filter((field) => field !== candidate)} />
    </>
  )
}

type Ending = { action: Action; isBusy: boolean; submit: () => void; close: () => void }

const Footer = ({ action, isBusy, submit, close }: Ending) => (
  <div className="ending">
    <Button onClick={close}>先不办</Button>
    <Button type="primary" loading={isBusy} disabled={!action.allowed} onClick={submit}>
      {action.title}
    </Button>
  </div>
)

const Brought = ({ clear }: { clear: () => void }) => (
  <Alert
    className="note"
    type="info"
    title="上次填了还没提交的内容还在。"
    action={
      <Button size="small" onClick={clear}>
        清空重填
      </Button>
    }
  />
)
