import type { Event, Matter } from '../matter.ts'
import { ownEvent, type OwnTaker } from './own-event.ts'

/** The engine's own action, of every line and in every state: a paper was found to do harm to whoever opens it, and its bytes are gone. */
export const removePaper = 'removePaper'

/** Which paper of which kind, what was found in it, and whether another of its kind is still held. */
export type PaperRemoved = { document: string; kind: string; found: string; isAnotherHeld: boolean }

/** How the desk and the person name it. */
export const paperRemoved = {
  title: { zh: '材料没有通过安全检查，已删掉', en: 'A paper did not pass the safety check and was removed' },
  told: {
    zh: '有一份材料没有通过安全检查，已经删掉了，这不怪您。请拍成照片再交一次，也可以带到窗口。',
    en: 'One paper did not pass the safety check and was removed; that is not your fault. Please photograph it and hand it in again, or bring it to the window.',
  },
}

/** The fact that a paper was removed. */
export const removingPaper = (matter: Matter, removed: PaperRemoved, its: OwnTaker): Event =>
  ownEvent(matter, its, { action: removePaper, input: { ...removed, found: plainName(removed.found) } })

/** A scanner's name for what it found, as far as it is one: the log takes nobody's free text. */
const plainName = (found: string): string => found.replaceAll(/[^\w.:()-]+/g, '-').slice(0, 100)

/** The paper such an event names; undefined of any other. */
export const paperRemovedBy = ({ action, input }: Pick<Event, 'action' | 'input'>): PaperRemoved | undefined =>
  action === removePaper ? (input as PaperRemoved) : undefined // written by `removingPaper` alone

/** The kinds of paper that are held after it: as before, of any other event. */
export function papersAfter(event: Event, documents: Matter['documents']): Matter['documents'] {
  const removed = paperRemovedBy(event)
  return removed && !removed.isAnotherHeld ? documents.filter((kind) => kind !== removed.kind) : documents
}
