import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Radio } from 'antd'
import { useState } from 'react'
import { ActRefusal } from '../act/act-refusal.tsx'
import type { Proposal, Schema, Setting, Settings } from '../contract.ts'
import { draftOf, dropDraft, keepDraft } from '../act/drafts.ts'
import { paths } from '../frame/paths.ts'
import { SchemaFields } from '../ui/schema-field.tsx'
import { answersOf, asksAt, fieldsOf, fixedOf, pathOf, variantsOf } from '../ui/schema-fields.ts'
import { issuesOf } from '../ui/place-issues.ts'
import { propose } from './settings-api.ts'

type Its = { settings: Settings; setting: Setting; close: () => void }
type Values = Record<string, unknown>
/** The form's name among the drafts; a proposal holds nobody's data. */
const proposal = { key: 'propose', isPersonal: false }

/** The form of a change: where, from which day, what and why. What was typed stays until it is sent or given up. */
export function ProposeForm({ settings, setting, close }: Its) {
  const at = { region: 'setting', id: setting.key }
  const [form] = Form.useForm<Values>()
  const [begun] = useState(() => draftOf(at, proposal).values)
  const variants = variantsOf(setting.schema)
  const [variant, setVariant] = useState(() => variants.findIndex((one) => isOf(one, setting.value)))
  const valueSchema = variants[variant] ?? setting.schema
  const fields = variants.length > 0 && variant < 0 ? [] : fieldsOf(formSchema(settings, valueSchema))
  const send = usePropose(setting)
  const unplaced = issuesOf(send.error).filter((issue) => !asksAt(fields, pathOf(issue.path)))
  const submit = (values: Values) => {
    const { value, ...rest } = answersOf(values)
    const fixed = fixedOf(valueSchema)
    const whole = Object.keys(fixed).length > 0 ? { ...(value as object), ...fixed } : value // a shape with a fixed part is a group of fields
    send.mutate({ ...rest, id: draftOf(at, proposal).key, key: setting.key, value: whole } as Proposal, {
      onError: (error) => form.setFields(issuesOf(error).map(({ path, message }) => ({ name: pathOf(path), errors: [message] }))),
    }) // the form's fields are the body's
  }
  return (
    <Form
      form={form}
      layout="vertical"
      className="propose"
      initialValues={{ region: settings.region, value: setting.value, ...begun }}
      onValuesChange={(_, values: Values) => keepDraft(at, proposal, { ...draftOf(at, proposal), values })}
      onFinish={submit}
      scrollToFirstError={{ focus: true, block: 'center' }}
    >
      <h3>提出修改</h3>
      <p className="aside">提出以后不会马上生效，要由另一位管理员发布。</p>
      <ActRefusal error={send.error} unplaced={unplaced.map(({ message }) => message)} reload={async () => {}} />
      {variants.length > 0 && (
        <Form.Item label="按什么来定" required>
          <Radio.Group
            className="column"
            aria-label="按什么来定"
            value={variant}
            onChange={({ target }) => setVariant(Number(target.value))}
            options={variants.map(({ title }, value) => ({ value, label: title ?? '' }))}
          />
        </Form.Item>
      )}
      <SchemaFields fields={fields} />
      <div className="ending">
        <Button onClick={close}>先不改</Button>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          提出
        </Button>
      </div>
    </Form>
  )
}

/** Whether a value has the fixed parts of a shape. */
const isOf = (shape: Schema, value: unknown): boolean =>
  Object.entries(fixedOf(shape)).every(([name, fixed]) => (value as Values | null)?.[name] === fixed)

const formSchema = ({ places }: Settings, value: Schema): Schema => ({
  type: 'object',
  required: ['region', 'value', 'validFrom', 'note'],
  properties: {
    region: { title: '在哪里生效', oneOf: places.map(({ code, name }) => ({ const: code, title: name })) },
    value: { ...value, title: value.title ?? '改成' },
    validFrom: {
      title: '从哪一天起',
      type: 'string',
      format: 'date',
      description: '今天或以后；今天刚定过的，从明天起。已经用过的值不能回头改。',
    },
    note: { title: '依据和理由', type: 'string', minLength: 2, maxLength: 500, description: '写明文件名称和文号，方便同事核对。' },
  },
})

function usePropose({ key }: Setting) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: propose,
    onSuccess: async (draft) => {
      dropDraft({ region: 'setting', id: key }, proposal)
      void queries.invalidateQueries({ queryKey: ['drafts'] })
      await navigate({ to: paths.draft, params: { id: draft.id }, search: {} })
    },
  })
}
