import type { MaskedField, Matter, Party } from '../contract.ts'
import { MaskedValue } from './masked-value.tsx'
import { PhoneProof } from './told/prove-phone.tsx'
import { Rows } from '../queue/rows.tsx'

/** The people of a matter, masked until a reason is given. */
export function Parties({ matter }: { matter: Matter }) {
  if (matter.parties.length === 0) return <p className="empty">还没有登记当事人。</p>
  return (
    <div className="parties">
      {matter.parties.map((party) => (
        <PartyItem key={`${party.person} ${party.role}`} matter={matter} party={party} />
      ))}
    </div>
  )
}

/** What is known of one of them; what is not is said once. */
function PartyItem({ matter, party }: { matter: Matter; party: Party }) {
  const unknown = masked.filter(({ field }) => party[field] === null).map(({ label }) => label)
  return (
    <div>
      <h3>
        {party.roleTitle}
        {unknown.length > 0 && <span className="aside">{`没有登记${unknown.join('、')}`}</span>}
      </h3>
      <Rows way="across" rows={masked.flatMap((its) => rowOf({ matter, party, ...its }))} />
      <PhoneProof matter={matter} party={party} />
    </div>
  )
}

const masked: { field: MaskedField; label: string }[] = [
  { field: 'name', label: '姓名' },
  { field: 'idNumber', label: '证件号码' },
  { field: 'phone', label: '电话' },
  { field: 'address', label: '住址' },
]

type Its = { matter: Matter; party: Party; field: MaskedField; label: string }

function rowOf({ matter, party, field, label }: Its) {
  const value = party[field]
  const its = { at: matter, person: party.person, field, label: `${party.roleTitle}的${label}` }
  return value === null ? [] : [{ label, value: <MaskedValue {...its} masked={value} /> }]
}
