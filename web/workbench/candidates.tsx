import { useQuery } from '@tanstack/react-query'
import { Form, Skeleton } from 'antd'
import { candidatesQuery } from './api.ts'
import type { At, Candidate } from './contract.ts'
import { Mark, type Tone } from './mark.tsx'
import { LoadFailure } from './refusal-note.tsx'
import type { Field } from './schema-fields.ts'

/** How each form names the one chosen: by their practice, or by their account. */
const valueOf: Record<string, (its: Candidate) => string> = {
  practitioner: (its) => its.practitioner,
  provider: (its) => its.practitioner,
  assignee: (its) => its.account,
  account: (its) => its.account,
}

/** The field of a form that a candidate fills. */
export const candidateFieldOf = (fields: Field[]) =>
  fields.find(({ of }) => of === 'candidate') ?? fields.find(({ path }) => String(path[0]) in valueOf)

/** Choosing who takes the matter, with the reasons for and against each. */
export const CandidateField = ({ at, field }: { at: At; field: Field }) => (
  <Form.Item name={field.path} label={field.title} rules={[{ required: field.isRequired, message: '请选定一位' }]}>
    <CandidateTable at={at} name={String(field.path[0])} label={field.title} />
  </Form.Item>
)

type Choosing = { at: At; name: string; label: string; id?: string; value?: string; onChange?: (value: string) => void }

function CandidateTable({ at, name, label, id, value, onChange }: Choosing) {
  const { data, error, refetch } = useQuery(candidatesQuery(at))
  if (error && !data) return <LoadFailure error={error} retry={refetch} />
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} />
  if (data.length === 0) return <p className="empty">辖区里没有可以选的人。请先在邻近机构里找，或者登记新的人员。</p>
  const inOrder = data.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  return (
    <table className="grid candidates" id={id} tabIndex={-1}>
      <caption className="unseen">{label}</caption>
      <thead>
        <tr>
          <th scope="col">人员</th>
          <th scope="col">在办</th>
          <th scope="col">为什么</th>
        </tr>
      </thead>
      <tbody>
        {inOrder.map((candidate) => {
          const own = valueOf[name]?.(candidate) ?? candidate.practitioner
          return <CandidateRow key={own} name={name} candidate={candidate} isChosen={value === own} choose={() => onChange?.(own)} />
        })}
      </tbody>
    </table>
  )
}

const order: Candidate['verdict'][] = ['assignable', 'hold', 'block']
const verdicts: Record<Candidate['verdict'], { tone: Tone; words: string }> = {
  assignable: { tone: 'good', words: '可以指派' },
  hold: { tone: 'warn', words: '需要斟酌' },
  block: { tone: 'bad', words: '不能指派' },
}

type Chosen = { name: string; candidate: Candidate; isChosen: boolean; choose: () => void }

const CandidateRow = ({ name, candidate, isChosen, choose }: Chosen) => (
  <tr className={candidate.verdict}>
    <th scope="row">
      <label>
        <input type="radio" name={name} checked={isChosen} disabled={candidate.verdict === 'block'} onChange={choose} />
        {candidate.name}
      </label>
      <span className="aside">{`${candidate.officeName} · ${candidate.kindTitle}`}</span>
      {candidate.specialisms.length > 0 && <span className="aside">{`擅长：${candidate.specialisms.join('、')}`}</span>}
    </th>
    <td data-label="在办">{`${candidate.openCases} 件`}</td>
    <td data-label="为什么">
      <Mark tone={verdicts[candidate.verdict].tone}>{verdicts[candidate.verdict].words}</Mark>
      {candidate.reasons.map(({ code, text, article }) => (
        <span key={code} className="reason">
          {text}
          {article && <span className="aside">{article}</span>}
        </span>
      ))}
    </td>
  </tr>
)
