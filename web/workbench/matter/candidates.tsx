import { useQuery } from '@tanstack/react-query'
import { Form, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { panelQuery } from '../api.ts'
import type { At, Candidate, Matter } from '../contract.ts'
import { Mark, type Tone } from '../frame/mark.tsx'
import { LoadFailure } from '../ui/refusal-note.tsx'
import type { Field } from '../ui/schema-fields.ts'

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

/** The key of the panel that the form of an action chooses from. */
export const panelServing = ({ panels }: Pick<Matter, 'panels'>, action: string): string | undefined =>
  panels.find((panel) => panel.shape === 'candidates' && panel.serves.includes(action))?.key

/** Choosing one of a panel's candidates, with the reasons for and against each. */
export const CandidateField = ({ at, panel, field }: { at: At; panel: string; field: Field }) => (
  <Form.Item name={field.path} label={field.title} rules={[{ required: field.isRequired, message: '请选定一位' }]}>
    <CandidateTable at={at} panel={panel} name={String(field.path[0])} label={field.title} />
  </Form.Item>
)

type Choosing = { at: At; panel: string; name: string; label: string; id?: string; value?: string; onChange?: (value: string) => void }

function CandidateTable({ at, panel, name, label, id, value, onChange }: Choosing) {
  const { data: content, error, refetch } = useQuery(panelQuery(at, panel))
  const data = content?.candidates
  if (error && !data) return <LoadFailure error={error} retry={refetch} />
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 6 }} />
  if (!data.some(({ verdict }) => verdict !== 'block')) return <NobodyToSend candidates={data} />
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
      {verdicts.map(({ verdict, heading }) => (
        <Group key={verdict} heading={heading} candidates={data.filter((candidate) => candidate.verdict === verdict)}>
          {(candidate) => {
            const own = valueOf[name]?.(candidate) ?? candidate.practitioner
            return <CandidateRow key={own} name={name} candidate={candidate} isChosen={value === own} choose={() => onChange?.(own)} />
          }}
        </Group>
      ))}
    </table>
  )
}

type Grouped = { heading: string; candidates: Candidate[]; children: (candidate: Candidate) => ReactNode }

/** Those of one verdict, in the server's order: the best suited first. */
const Group = ({ heading, candidates, children }: Grouped) =>
  candidates.length === 0 ? null : (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={3} className="verdict">
          {`${heading}（${candidates.length}）`}
        </th>
      </tr>
      {candidates.map(children)}
    </tbody>
  )

/** Why nobody can be sent, reason by reason, and what can be done about it. */
function NobodyToSend({ candidates }: { candidates: Candidate[] }) {
  const reasons = Object.entries(
    Object.groupBy(
      candidates.flatMap((one) => one.reasons),
      ({ text }) => text,
    ),
  )
  return (
    <div className="empty">
      <p>
        {candidates.length === 0
          ? '没有可派的人：本县和同市都没有登记在册的人员。可以请上级协调，或者登记新的人员。'
          : `没有可派的人：在册的 ${candidates.length} 人都不能派。可以请上级从外地协调，或者等下面的情形消除后再派。`}
      </p>
      <ul>
        {reasons.map(([text, same = []]) => (
          <li key={text}>{`${same.length} 人：${text}${same[0]?.article ? `（${same[0].article}）` : ''}`}</li>
        ))}
      </ul>
    </div>
  )
}

const verdicts: { verdict: Candidate['verdict']; heading: string; tone: Tone; words: string }[] = [
  { verdict: 'assignable', heading: '可以派', tone: 'good', words: '可以指派' },
  { verdict: 'hold', heading: '要先看一下', tone: 'warn', words: '需要斟酌' },
  { verdict: 'block', heading: '不能派', tone: 'bad', words: '不能指派' },
]

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
      <VerdictMark verdict={candidate.verdict} />
      {[...candidate.reasons, ...candidate.favours].map(({ code, text, article }) => (
        <span key={code} className="reason">
          {text}
          {article && <span className="aside">{article}</span>}
        </span>
      ))}
    </td>
  </tr>
)

function VerdictMark({ verdict }: Pick<Candidate, 'verdict'>) {
  const its = verdicts.find((one) => one.verdict === verdict)
  return <Mark tone={its?.tone ?? 'plain'}>{its?.words}</Mark>
}
