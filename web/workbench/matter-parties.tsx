import type { MaskedField, Matter, Party } from './contract.ts'
import { MaskedValue } from './masked-value.tsx'
import { Rows } from './rows.tsx'

/** The people of a matter, masked until a reason is given. */
export function Parties({ matter }: { matter: Matter }) {
  if (matter.parties.length === 0) return <p className="empty">还没有登记当事人。</p>
  return (
    <div className="parties">
      {matter.parties.map((party) => (
        <div key={`${party.person} ${party.role}`}>
          <h3>{party.roleTitle}</h3>
          <Rows
            rows={masked.map(({ field, label }) => ({ label, value: <Value matter={matter} party={party} field={field} label={label} /> }))}
          />
        </div>
      ))}
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

function Value({ matter, party, field, label }: Its) {
  const value = party[field]
  return value === null ? (
    '未登记'
  ) : (
    <MaskedValue at={matter} person={party.person} field={field} label={`${party.roleTitle}的${label}`} masked={value} />
  )
}
