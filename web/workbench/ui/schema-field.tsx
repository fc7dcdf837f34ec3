import { Button, Form, Input, InputNumber, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { Boxes } from '../queue/boxes.tsx'
import { atMost, LongText } from './bounded-text.tsx'
import { DayField, MomentField } from './date-field.tsx'
import { fenOf, yuanOf } from './money.ts'
import { type Ask, type Choice, type Field, fieldsOf } from './schema-fields.ts'
import { isDay, isMoment } from './time.ts'

/** The fields of a form, drawn from its schema. */
export const SchemaFields = ({ fields }: { fields: Field[] }) =>
  fields.map((field) => <SchemaField key={field.path.join('.')} field={field} />)

function SchemaField({ field }: { field: Field }) {
  if (field.ask.kind === 'group') return <Group title={field.title} {...(field.hint && { hint: field.hint })} fields={field.ask.fields} />
  if (field.ask.kind === 'list') return <List field={field} ask={field.ask} />
  return (
    <Form.Item name={field.path} label={field.title} extra={field.hint} rules={rulesOf(field, field.ask)} {...wiring[field.ask.kind]}>
      {inputs[field.ask.kind](field.ask as never, field.title) /* each input takes its own kind of question, found by that kind */}
    </Form.Item>
  )
}

type Rule = NonNullable<Parameters<typeof Form.Item>[0]['rules']>[number]
type Single = Exclude<Ask, { kind: 'group' | 'list' }>
type Of<K extends Single['kind']> = Extract<Single, { kind: K }>

/** More choices than this are a list to open, not a column of circles. */
const fewChoices = 5

const inputs: { [K in Single['kind']]: (ask: Of<K>, title: string) => ReactElement } = {
  choice: ({ choices }, title) =>
    choices.length > fewChoices ? <Select options={choices} placeholder="请选择" allowClear /> : circles(choices, title),
  choices: ({ choices }, title) => <Boxes choices={choices} title={title} />,
  yesNo: (_, title) => circles(yesNo, title),
  date: () => <DayField />,
  moment: () => <MomentField />,
  money: (range) => (
    <InputNumber className="wide" precision={2} suffix="元" controls={false} inputMode="decimal" {...within(range, yuanOf)} />
  ),
  number: ({ isWhole, ...range }) => (
    <InputNumber className="wide" {...(isWhole && { precision: 0 })} inputMode="decimal" {...within(range)} />
  ),
  text: ({ isLong, maxLength }) => (isLong ? <LongText rows={5} {...(maxLength && { max: maxLength })} /> : <Input />),
}

const yesNo = [
  { value: true, label: '是' },
  { value: false, label: '否' },
]

const circles = (choices: (Choice | (typeof yesNo)[number])[], title: string) => (
  <Radio.Group options={choices} aria-label={title} className="column" />
)

const within = ({ min, max }: { min?: number; max?: number }, as = (its: number) => its) => ({
  ...(min !== undefined && { min: as(min) }),
  ...(max !== undefined && { max: as(max) }),
})

/** Where what is typed and what is sent are written differently. */
const wiring: Partial<Record<Single['kind'], Partial<Parameters<typeof Form.Item>[0]>>> = {
  money: {
    getValueProps: (fen: unknown) => ({ value: typeof fen === 'number' ? yuanOf(fen) : null }),
    normalize: (typed: unknown) => (typeof typed === 'number' ? fenOf(typed) : undefined),
  },
}

function rulesOf({ title, isRequired }: Field, ask: Single): Rule[] {
  const verb = ask.kind === 'choice' || ask.kind === 'choices' || ask.kind === 'yesNo' ? '请选择' : '请填写'
  return [{ required: isRequired, message: `${verb}${title}` }, ...ownRules(ask, title)]
}

function ownRules(ask: Single, title: string): Rule[] {
  if (ask.kind === 'text') return textRules(ask, title)
  if (ask.kind === 'choices') return countRules(ask)
  if (ask.kind === 'date') return [written(isDay, '请写成 2026-03-01 这样的日期，并且确有这一天')]
  if (ask.kind === 'moment') return [written(isMoment, '请写成 2026-03-01 09:30 这样的日期和时间')]
  return []
}

const written = (isRight: (text: string) => boolean, message: string): Rule => ({
  validator: async (_, value: string | undefined) => {
    if (value && !isRight(value)) throw new Error(message)
  },
})

function textRules({ minLength, maxLength, pattern }: Of<'text'>, title: string): Rule[] {
  return [
    { whitespace: true, message: `${title}不能只填空格` },
    ...(minLength && minLength > 1 ? [{ min: minLength, message: `${title}至少写 ${minLength} 个字` }] : []),
    ...(maxLength ? [atMost(maxLength)] : []),
    ...(pattern ? [{ pattern: new RegExp(pattern), message: `${title}的格式不对，请核对` }] : []),
  ]
}

const countRules = ({ min, max }: Of<'choices'>): Rule[] => [
  { type: 'array', ...(min && { min }), ...(max && { max }), message: min ? `至少选 ${min} 项` : `最多选 ${max} 项` },
]

const Group = ({ title, hint, fields }: { title: string; hint?: string; fields: Field[] }) => (
  <fieldset className="group">
    <legend>{title}</legend>
    {hint && <p className="aside">{hint}</p>}
    <SchemaFields fields={fields} />
  </fieldset>
)

/** A list the person lengthens: each item is a group, or a single answer. */
function List({ field, ask }: { field: Field; ask: Extract<Ask, { kind: 'list' }> }) {
  return (
    <fieldset className="group">
      <legend>{field.title}</legend>
      {field.hint && <p className="aside">{field.hint}</p>}
      <Form.List name={field.path}>
        {(items, { add, remove }, { errors }) => (
          <>
            {items.map(({ key, name }, at) => (
              <div key={key} className="item">
                <SchemaFields fields={itemFields(field, ask, name)} />
                <Button size="small" onClick={() => remove(name)} aria-label={`去掉${field.title}第 ${at + 1} 项`}>
                  去掉
                </Button>
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <Button size="small" onClick={() => add()} disabled={ask.max !== undefined && items.length >= ask.max}>
              {`加一项${field.title}`}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}

/** The fields of one item, named within the list as antd's lists want them. */
function itemFields(field: Field, { item }: Extract<Ask, { kind: 'list' }>, name: number): Field[] {
  if (item.type === 'object') return fieldsOf(item, [name])
  const single = { type: 'object', properties: { item: { title: `${field.title} ${name + 1}`, ...item } }, required: ['item'] }
  const [only] = fieldsOf(single)
  return only ? [{ ...only, path: [name] }] : []
}
