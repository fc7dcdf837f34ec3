import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { addUser, changeRights, officesQuery, practitionersQuery, servicesQuery } from './account-api.ts'
import { meQuery } from '../api.ts'
import { Boxes } from '../queue/boxes.tsx'
import type { EnrolmentHalf, User } from '../contract.ts'
import { newKey } from '../act/drafts.ts'
import { duties, dutyKeys } from './duties.ts'
import { grantsOf, officeValue, placesOf, type Grant, type Place } from './grants.ts'
import { placeIssues } from '../ui/place-issues.ts'
import { useProof } from './proof.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { RegionField } from '../ui/region-field.tsx'

type Typed = { kind: User['kind']; name: string; login: string; region: string; places?: Place[]; practitioner?: string }

const Name = () => (
  <Form.Item name="name" label="姓名" rules={[{ required: true, min: 2, message: '请填写姓名' }]}>
    <Input maxLength={40} autoComplete="off" />
  </Form.Item>
)

/** Where somebody works, at one office or over a whole place, what they may do there, and in which services. */
function OnePlace({ field }: { field: number }) {
  const region = Form.useWatch<string | undefined>(['places', field, 'region'])
  const { data: offices = [] } = useQuery({ ...officesQuery(region ?? ''), enabled: region?.length === 6 })
  const { data: services = [] } = useQuery(servicesQuery)
  return (
    <>
      <Form.Item name={[field, 'region']} label="管辖地区">
        <RegionField />
      </Form.Item>
      {offices.length > 0 && (
        <Form.Item name={[field, 'office']} label="只在一个机构（可不选）" extra="选了机构，就只看得到这个机构办的事；不选，是整个地区">
          <Select allowClear options={offices.map(({ region: place, id, name }) => ({ value: officeValue(place, id), label: name }))} />
        </Form.Item>
      )}
      <Form.Item name={[field, 'duties']} label="岗位" rules={[{ required: true, message: '请至少选一个岗位' }]}>
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
      <Form.Item name={[field, 'lines']} label="只办这些服务（可不选）" extra="不选，是全部服务">
        <Select mode="multiple" allowClear options={services.map(({ key, title }) => ({ value: key, label: title }))} />
      </Form.Item>
    </>
  )
}

/** Every place somebody is granted something in. */
const Places = ({ own }: { own: string }) => (
  <Form.List name="places">
    {(fields, { add, remove }) => (
      <>
        {fields.map(({ key, name }) => (
          <fieldset key={key} className="bare" aria-label={`第 ${name + 1} 处`}>
            <OnePlace field={name} />
            {fields.length > 1 && <Button onClick={() => remove(name)}>去掉第 {name + 1} 处</Button>}
          </fieldset>
        ))}
        <Button onClick={() => add({ region: own, duties: [] })}>再加一处</Button>
      </>
    )}
  </Form.List>
)

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

/** Adding a colleague or a provider; ends with the first half of the code they set up their account by. */
export function AddUser({ done, close }: { done(half: EnrolmentHalf): void; close(): void }) {
  const [form] = Form.useForm<Typed>()
  const [id] = useState(newKey)
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const kind = Form.useWatch('kind', form) ?? 'staff'
  const { proving, dialog } = useProof()
  const add = useMutation({
    mutationFn: ({ name, login, places = [], practitioner }: Typed) =>
      proving(() => addUser({ id, name, login, grants: practitioner ? [] : grantsOf(places), practitioner: practitioner ?? null })),
    onSuccess: done,
    onError: (error) => placeIssues(form, error),
  })
  return (
    <Modal open title="添加人员" okText="添加" onOk={form.submit} onCancel={close} confirmLoading={add.isPending}>
      <p>另一位账号管理员确认以后，这个账号才能用。</p>
      {dialog}
      {add.error && <RefusalNote error={add.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'staff', region: me?.region ?? '', places: [{ region: me?.region ?? '', duties: [] }] }}
        onFinish={(typed) => add.mutate(typed)}
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
        {kind === 'staff' ? <Places own={me?.region ?? ''} /> : <Registered />}
      </Form>
    </Modal>
  )
}

/** A grant without its words. */
const bare = ({ duty, region, office, lines }: Grant): Grant => ({ duty, region, office, lines })

/** Giving a colleague other duties, another place or another name. */
export function ChangeUser({ user, done, close }: { user: User; done(user: User): void; close(): void }) {
  const [form] = Form.useForm<Typed>()
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const { proving, dialog } = useProof()
  const change = useMutation({
    mutationFn: ({ name, places = [] }: Typed) =>
      proving(() => changeRights(user.id, { name, grants: grantsOf(places), seen: { grants: user.grants.map(bare) } })),
    onSuccess: done,
    onError: (error) => placeIssues(form, error),
  })
  return (
    <Modal open title={`修改 ${user.name}`} okText="保存" onOk={form.submit} onCancel={close} confirmLoading={change.isPending}>
      <p>只减少岗位或者地区，马上生效；别的改动，等另一位账号管理员确认后生效。生效时对方的登录会退出。</p>
      {dialog}
      {change.error && <RefusalNote error={change.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: user.name, places: placesOf(user.grants) }}
        onFinish={change.mutate}
      >
        <Name />
        <Places own={me?.region ?? ''} />
      </Form>
    </Modal>
  )
}
