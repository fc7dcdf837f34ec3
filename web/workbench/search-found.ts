import type { SearchHit } from './contract.ts'
import { paths } from './paths.ts'

/** Something found: where it leads, where it leads anywhere. */
export type Found = { title: string; aside: string; to: string | null }

/** A hit with the page of the workbench that shows it. */
export const foundAt = ({ title, aside, matter, queue }: SearchHit): Found => ({ title, aside, to: addressOf(matter, queue) })

function addressOf(matter: SearchHit['matter'], queue: SearchHit['queue']): string | null {
  if (matter) return paths.matter.replace('$region', matter.region).replace('$id', matter.id)
  return queue && `${paths.queue}?${queue}`
}
