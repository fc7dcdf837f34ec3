import type { Matter } from './matter.ts'

type Data = Matter['data']

/** What the rooms around a line read of a matter's data, as the line itself reads it. What a line does not declare is not so of its matters. */
export type Traits = {
  /** Someone may look over the person's shoulder: pages offer a quick way out, and nothing said here is offered elsewhere. */
  isPrivate?(data: Data): boolean
  /** Of who looked only the part is told, since a reason may say too much to whoever stands beside the person. */
  isReticent?(data: Data): boolean
  /** What an opening beside a private matter records, so that it is private too. */
  privately?: Data
  /** The papers its person was asked for. */
  asked?(data: Data): readonly string[] | undefined
  /** The day by which its person is to do what they were last told, YYYY-MM-DD. */
  until?(data: Data): string | undefined
  /** The accounts of officers who stepped back from it. */
  recused?(data: Data): readonly string[]
  /** Its person allowed texts when it was filed; what they say later counts more. */
  mayText?(data: Data): boolean
}
