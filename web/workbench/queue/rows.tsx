import type { ReactNode } from 'react'

/** Labels with their values, as a description list: one under another, or across where they are short and there is room. */
export const Rows = ({ rows, way = 'down' }: { rows: { label: string; value: ReactNode }[]; way?: 'down' | 'across' }) =>
  rows.length === 0 ? null : (
    <dl className={`rows ${way}`}>
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
