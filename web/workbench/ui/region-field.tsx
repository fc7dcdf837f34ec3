import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { placesQuery } from '../accounts/account-api.ts'
import { meQuery } from '../api.ts'

type Its = { id?: string; value?: string; onChange?: (region: string) => void }

/** A place within the reader's own region, level by level: leaving the last one open means all of it. */
export function RegionField({ id, value, onChange }: Its) {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const own = me?.region ?? ''
  const chosen = value ?? own
  const levels = [2, 4].filter((length) => length >= own.length && length <= chosen.length)
  return (
    <span className="column" id={id}>
      <span>{me?.regionName}</span>
      {levels.map((length) => (
        <Level key={length} parent={chosen.slice(0, length)} value={chosen} onChange={(region) => onChange?.(region)} />
      ))}
    </span>
  )
}

function Level({ parent, value, onChange }: { parent: string; value: string; onChange(region: string): void }) {
  const { data: places = [] } = useQuery(placesQuery(parent))
  const chosen = value.slice(0, parent.length + 2)
  return (
    <Select
      className="wide"
      aria-label={parent.length === 2 ? '市州' : '区县'}
      value={chosen.length > parent.length ? chosen : parent}
      options={[
        { value: parent, label: parent.length === 2 ? '全省' : '全市州' },
        ...places.map(({ code, name }) => ({ value: code, label: name })),
      ]}
      onChange={onChange}
    />
  )
}
