import { Button } from 'antd'
import { dropBulk, retryBulk, runBulk, stopBulk, useBulkJob, type BulkJob } from './bulk-job.ts'

/** How far a batch is, what was not taken and why, and the ways on. */
export default function BulkProgress({ job }: { job: BulkJob }) {
  const { isRunning } = useBulkJob()
  const count = (status: string) => job.items.filter((item) => item.status === status).length
  const [done, failed, waiting] = [count('done'), count('failed'), count('waiting')]
  return (
    <div className="bulk-progress">
      <label htmlFor="bulk-done">{`${job.title}：已办 ${done} / ${job.items.length} 件`}</label>
      <progress id="bulk-done" value={done + failed} max={job.items.length} />
      <output className="unseen">{isRunning ? '' : `办好 ${done} 件，没办成 ${failed} 件，还剩 ${waiting} 件`}</output>
      {failed > 0 && <Failures job={job} />}
      <div className="ending">
        {isRunning && <Button onClick={stopBulk}>停下</Button>}
        {!isRunning && waiting > 0 && <Button type="primary" onClick={() => void runBulk()}>{`接着办剩下的 ${waiting} 件`}</Button>}
        {!isRunning && failed > 0 && <Button onClick={retryBulk}>{`没办成的 ${failed} 件再试一次`}</Button>}
        {!isRunning && <Button onClick={dropBulk}>{waiting > 0 ? '剩下的不办了' : '知道了'}</Button>}
      </div>
    </div>
  )
}

const Failures = ({ job }: { job: BulkJob }) => (
  <ul className="bulk-failures" aria-label="没办成的">
    {job.items
      .filter(({ status }) => status === 'failed')
      .map(({ key, label, why }) => (
        <li key={key}>
          {label}
          <span className="aside">{why}</span>
        </li>
      ))}
  </ul>
)
