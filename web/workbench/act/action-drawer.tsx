import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Drawer, Form } from 'antd'
import { Changed } from './act-changed.tsx'
import { ActRefusal } from './act-refusal.tsx'
import { ActionHelp } from './action-help.tsx'
import { CandidateField, candidateFieldOf, panelServing } from '../matter/candidates.tsx'
import type { Action, Matter } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { SchemaFields } from '../ui/schema-field.tsx'
import type { Field } from '../ui/schema-fields.ts'
import { useAct } from './use-act.ts'

/** The form of one action, beside the matter it is about. */
export function ActionDrawer({ matter, action }: { matter: Matter; action: Action }) {
  const navigate = useNavigate({ from: paths.matter })
  const close = () => void navigate({ search: ({ from }) => (from ? { from } : {}), replace: true, resetScroll: false })
  const { asked, refused, changed, isBusy, isBrought, clear } = useAct(matter, action, close)
  return (
    <Drawer
      open
      title={action.title}
      size={changed || panelServing(matter, action.key) ? 760 : 560}
      rootClassName="action-drawer"
      onClose={close}
      footer={<Footer action={action} isBusy={isBusy} isChanged={changed !== null} submit={asked.form.submit} close={close} />}
    >
      {changed && <Changed {...changed} action={action} typed={asked.form.getFieldsValue(true)} />}
      {!action.allowed && !changed && (
        <Alert className="note" type="warning" showIcon role="alert" title={action.why ?? '现在不能办这一项'} />
      )}
      {!changed && <ActRefusal {...refused} />}
      {isBrought && <Brought clear={clear} />}
      {action.confirm && <Alert className="note" type="warning" showIcon title={action.confirm} />}
      <ActionHelp help={action.help} article={action.article} />
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
  const panel = panelServing(matter, action.key)
  const candidate = panel ? candidateFieldOf(fields) : undefined
  if (fields.length === 0) return <p>不用再填什么，核对无误就可以提交。</p>
  return (
    <>
      {panel && candidate && <CandidateField at={matter} panel={panel} field={candidate} />}
      <SchemaFields fields={fields.filter((field) => field !== candidate)} />
    </>
  )
}

type Ending = { action: Action; isBusy: boolean; isChanged: boolean; submit: () => void; close: () => void }

/** Under a change the way on stands beside the change, so that nobody sends what they have not seen. */
const Footer = ({ action, isBusy, isChanged, submit, close }: Ending) => (
  <div className="ending">
    <Button onClick={close}>先不办</Button>
    <Button type="primary" loading={isBusy} disabled={!action.allowed || isChanged} onClick={submit}>
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
