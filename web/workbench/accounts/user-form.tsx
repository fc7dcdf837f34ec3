import { useMutation, useQuery } from '@tanstack/react-query'
import { Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { addUser, changeRights, officesQuery, practitionersQuery } from './account-api.ts'
import { meQuery } from '../api.ts'
import { Boxes } from '../queue/boxes.tsx'
import type { Duty, EnrolmentCode, User } from '../contract.ts'
import { newKey } from '../act/drafts.ts'
import { duties, dutyKeys } from './duties.ts'
import { placeIssues } from '../ui/place-issues.ts'
import { useProof } from './proof.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { RegionField } from '../ui/region-field.tsx'

type Typed = { kind: User['kind']; name: string; login: string; region: string; duties: Duty[]; office?: string; practitioner?: string }

const Name = () => (
  <Form.Item name="name" label="姓名" rules={[{ required: true, min: 2, message: '请填写姓名' }]}>
    <Input maxLength={40} autoComplete="off" />
  </Form.Item>
)

/** Where somebody works and what they may do there, each duty with what it lets them do. */
function Rights() {
  const region = Form.useWatch<string | undefined>('region')
  const { data: offices = [] } = useQuery({ ...officesQuery(region ?? ''), enabled: region?.length === 6 })
  return (
    <>
      <Form.Item name="region" label="管辖地区">
        <RegionField />
      </Form.Item>
      <Form.Item name="duties" label="岗位" rules={[{ required: true, message: '请至少选一个岗位' }]}>
        <Boxes
          title="岗位"
          choices={dutyKeys.map((duty) => ({
            value: duty,
            label: (
              <>
                {duties[duty].title}
                <span className="aside">{duties[duty].may}</span>
              </>
            ),
          }))}
        />
      </Form.Item>
      {offices.length > 0 && (
        <Form.Item name="office" label="所在机构（可不选）">
          <Select allowClear options={offices.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      )}
    </>
  )
}

/** Whom a provider's account belongs to: somebody on the register of the region. */
function Registered() {
  const region = Form.useWatch<string | undefined>('region')
  const { data: people = [] } = useQuery({ ...practitionersQuery(region ?? ''), enabled: Boolean(region) })
  return (
    <>
      <Form.Item name="region" label="登记地区">
        <RegionField />
      </Form.Item>
      <Form.Item name="practitioner" label="名册上的人员" rules={[{ required: true, message: '请选名册上的人员' }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={people.map(({ id, name, licence }) => ({ value: id, label: [name, licence].filter(Boolean).join(' ') }))}
        />
      </Form.Item>
    </>
  )
}

/** Adding a colleague or a provider; ends with the code they set up their account by. */
export function AddUser({ done, close }: { done(code: EnrolmentCode): void; close(): void }) {
  const [form] = Form.useForm<Typed>()
  const [id] = useState(newKey)
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const kind = Form.useWatch('kind', form) ?? 'staff'
  const { proving, dialog } = useProof()
  const add = useMutation({
    mutationFn: ({ kind: _, office, practitioner, duties: its, ...typed }: Typed) =>
      proving(() => addUser({ ...typed, id, duties: its as 'intake'[], office: office ?? null, practitioner: practitioner ?? null })), // the client's list of duties is older by one word
    onSuccess: done,
    onError: (error) => placeIssues(form, error),
  })
  return (
    <Modal open title="添加人员" okText="添加" onOk={form.submit} onCancel={close} confirmLoading={add.isPending}>
      {dialog}
      {add.error && <RefusalNote error={add.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'staff', region: me?.region ?? '', duties: [] }}
        onFinish={(typed) => add.mutate({ ...typed, duties: typed.duties ?? [] })}
      >
        <Form.Item name="kind" label="添加谁">
          <Radio.Group
            options={[
              { value: 'staff', label: '工作人员' },
              { value: 'provider', label: '律师等承办人员' },
            ]}
          />
        </Form.Item>
        <Name />
        <Form.Item
          name="login"
          label="登录名"
          extra="小写字母、数字、点或横线，例如 chengdong.wang"
          rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9._-]{2,39}$/, message: '小写字母、数字、点或横线，3 到 40 个字符' }]}
        >
          <Input maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        {kind === 'staff' ? <Rights /> : <Registered />}
      </Form>
    </Modal>
  )
}

/** Giving a colleague other duties, another place or another name. */
export function ChangeUser({ user, done, close }: { user: User; done(user: User): void; close(): void }) {
  const [form] = Form.useForm<Typed>()
  const { proving, dialog } = useProof()
  const change = useMutation({
    mutationFn: ({ name, region, duties: its, office }: Typed) =>
      proving(() =>
        changeRights(user.id, {
          name,
          region,
          duties: its as 'intake'[], // as above
          office: office ?? null,
          seen: { region: user.region, duties: user.duties as 'intake'[] },
        }),
      ),
    onSuccess: done,
    onError: (error) => placeIssues(form, error),
  })
  return (
    <Modal open title={`修改 ${user.name}`} okText="保存" onOk={form.submit} onCancel={close} confirmLoading={change.isPending}>
      <p>保存后，对方的登录会退出，重新登录就按新的岗位。</p>
      {dialog}
      {change.error && <RefusalNote error={change.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: user.name, region: user.region, duties: user.duties, office: user.office ?? undefined }}
        onFinish={change.mutate}
      >
        <Name />
        <Rights />
      </Form>
    </Modal>
  )
}
