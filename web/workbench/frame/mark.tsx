import type { ReactNode } from 'react'

/** How a mark is meant: its words always say the same as its colour. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'info'

/** A few words set apart: a state, a warning, a result. */
export const Mark = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`mark ${tone}`}>{children}</span>
)
