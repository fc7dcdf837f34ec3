import type { Selection } from './use-selection.ts'
export const BulkBar = ({ selection }: { selection: Selection }) =>
  selection.rows.length === 0 ? null : <div className="bulk-bar">{selection.rows.length}</div>
