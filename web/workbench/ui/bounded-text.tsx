import { Form, Input } from 'antd'
import type { ComponentProps } from 'react'

type Rule = NonNullable<ComponentProps<typeof Form.Item>['rules']>[number]

/** By how much a text is too long, in words; undefined where it fits. */
export const excessOf = (text: string, max: number): string | undefined =>
  text.length > max ? `最多 ${max} 字，多了 ${text.length - max} 字。请删短一些，或者分开写` : undefined

/** A form is not sent while its text is too long; nothing that was pasted is cut off. */
export const atMost = (max: number): Rule => ({
  async validator(_, value: string | undefined) {
    const excess = excessOf(value ?? '', max)
    if (excess) throw new Error(excess)
  },
})

/** A field of several lines that counts what is written. It takes more than it may hold, so that its writer sees all of it and shortens it themselves. */
export const LongText = ({ max, ...its }: ComponentProps<typeof Input.TextArea> & { max?: number }) => (
  <Input.TextArea {...its} count={{ show: true, ...(max && { max }) }} />
)
