import type { SearchHit } from '../contract.ts'
import { paths } from '../frame/paths.ts'

/** Something found: where it leads, where it leads anywhere. */
export type Found = { title: string; aside: string; to: string | null }

/** A hit with every page of the workbench that shows it: somebody on the register has a page there, and a queue of what they have in hand. */
export function foundAt({ title, aside, matter, entry, queue }: SearchHit): Found[] {
  const own = matter ? at(paths.matter, matter) : entry && at(entry.of === 'people' ? paths.person : paths.office, entry)
  const list = queue && `${paths.queue}?${queue}`
  return own && list
    ? [
        { title, aside: `${aside} · 名册`, to: own },
        { title: `${title}在办的事项`, aside: '打开列表', to: list },
      ]
    : [{ title, aside, to: own ?? list }]
}

const at = (path: string, { region, id }: { region: string; id: string }): string => path.replace('$region', region).replace('$id', id)
