import type { ReactNode } from 'react'

/** Labels with their values, as a description list. */
export const Rows = ({ rows }: { rows: { label: string; value: ReactNode }[] }) =>
  rows.length === 0 ? null : (
    <dl className="rows">
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
