import type { Reading as Its, Step } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { timeOf } from '../ui/time.ts'

/** What a computation proposes and how it got there; an officer decides. */
export const Reading = ({ reading }: { reading: Its }) => (
  <>
    <p>
      系统建议：<strong>{reading.proposalTitle}</strong>
      <span className="aside">{`${timeOf(reading.at)} 核算。这只是建议，由您作出决定。`}</span>
    </p>
    {reading.missing.length > 0 && <p>{`还缺：${reading.missing.join('、')}。补齐后再核算一次。`}</p>}
    <table className="grid steps" aria-label="核算步骤">
      <thead>
        <tr>
          <th scope="col">步骤</th>
          <th scope="col">结果</th>
          <th scope="col">依据的情况</th>
          <th scope="col">标准</th>
          <th scope="col">相差</th>
        </tr>
      </thead>
      <tbody>
        {reading.steps.map((step) => (
          <StepRow key={step.title} step={step} />
        ))}
      </tbody>
    </table>
  </>
)

const StepRow = ({ step }: { step: Step }) => (
  <tr>
    <th scope="row">
      {step.title}
      <span className="aside">{step.explain}</span>
      {step.article && <span className="aside">{step.article}</span>}
    </th>
    <td data-label="结果">
      <Mark>{step.outcomeTitle}</Mark>
    </td>
    <td data-label="依据的情况">{step.input}</td>
    <td data-label="标准">{step.threshold ?? '—'}</td>
    <td data-label="相差">{step.margin ?? '—'}</td>
  </tr>
)
