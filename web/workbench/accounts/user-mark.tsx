import type { User } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'

/** How an account stands. */
export function UserMark({ user }: { user: Pick<User, 'disabledAt' | 'isEnrolled' | 'waiting'> }) {
  if (user.waiting) return <Mark tone="warn">等第二个人确认</Mark>
  if (user.disabledAt) return <Mark tone="bad">已停用</Mark>
  return user.isEnrolled ? <Mark tone="good">正常</Mark> : <Mark tone="info">还没开通</Mark>
}
