import type { AccountRequest } from '../contract.ts'
import { Rows } from '../queue/rows.tsx'
import { timeOf } from '../ui/time.ts'
import { grantWords } from './grants.ts'
import { requests } from './requests.ts'

/** What waits for a second person on one account, and what whoever reads it does: confirm after a look, or turn to somebody else. */
export function WaitingRequest({ its, services }: { its: AccountRequest; services: Parameters<typeof grantWords>[1] }) {
  const { title, first } = requests[its.kind]
  return (
    <section aria-labelledby="waiting-request">
      <h3 id="waiting-request">{`等第二个人确认：${title}`}</h3>
      <Rows
        rows={[
          { label: '提出的人', value: `${its.isMine ? '您' : its.askedBy}，${timeOf(its.askedAt)}` },
          ...(its.reason ? [{ label: '原因', value: its.reason }] : []),
          ...(its.name ? [{ label: '姓名', value: its.name }] : []),
          ...(its.grants.length ? [{ label: '确认后的岗位', value: grantWords(its.grants, services).join('；') }] : []),
        ]}
      />
      <p>{its.why ?? first}</p>
    </section>
  )
}
