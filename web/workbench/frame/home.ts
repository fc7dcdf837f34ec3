import type { Me } from '../contract.ts'
import { paths } from './paths.ts'

/** Where somebody begins: at the matters, or, where no matter exists for them, at the accounts. */
export const homeOf = ({ duties }: Pick<Me, 'duties'>): typeof paths.queue | typeof paths.users =>
  duties.includes('administrator') ? paths.users : paths.queue
