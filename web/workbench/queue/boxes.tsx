import { Checkbox } from 'antd'
import type { ReactNode } from 'react'

type Its = {
  choices: { value: string | number; label: ReactNode }[]
  title: string
  value?: (string | number)[]
  onChange?: (chosen: (string | number)[]) => void
  'aria-required'?: boolean
}

/** Several of a few. A group of boxes cannot be required in ARIA: what must be chosen is said by the label. */
export const Boxes = ({ choices, title, 'aria-required': _, ...wired }: Its) => (
  <fieldset className="bare" aria-label={title}>
    <Checkbox.Group options={choices} className="column" {...wired} />
  </fieldset>
)
