import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { matterQuery, whoIsPresent } from '../api.ts'
import type { At, Colleague, Entry, Matter } from '../contract.ts'
import { entriesSince } from '../settings/differences.ts'
import { listenTo } from '../frame/live.ts'
import { useFreshMatter } from './use-fresh-matter.ts'

/** What an open matter is told while it is looked at. */
export type Live = { people: Colleague[]; news: Entry[]; isLost: boolean; forget: () => void }

/** Follows a matter while its page is looked at: reads it again when it changed, and knows who else is there. */
export function useLive({ region, id }: At): Live {
  const queries = useQueryClient()
  const { refetch } = useFreshMatter({ region, id })
  const [people, setPeople] = useState<Colleague[]>([])
  const [news, setNews] = useState<Entry[]>([])
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    return listenTo(`matter.${region}.${id}`, {
      again: () => setPeople([]), // whoever is there is told of then
      changed: (mark) => void readAgain(queries, { region, id }, mark, refetch).then((more) => more.length && setNews(more)),
      people: () => void whoIsPresent({ region, id }).then(setPeople, () => {}),
      over: () => void refetch().catch(() => {}),
      lost: setLost,
    })
    // oxlint-disable-next-line react/exhaustive-deps -- one stream a matter: `refetch` is the same for the same matter
  }, [region, id])
  return { people, news, isLost, forget: () => setNews([]) }
}

/** Reads the matter again unless it is at this mark already, as after an act of our own; answers what was done since. */
async function readAgain(queries: QueryClient, at: At, mark: string | undefined, refetch: () => Promise<Matter>): Promise<Entry[]> {
  await ownActsDone(queries)
  const before = queries.getQueryData<Matter>(matterQuery(at).queryKey)
  if (before?.mark === mark) return []
  const after = await refetch().catch(() => undefined) // the next word, or the page's own error, tells
  return before && after ? entriesSince(before, after) : []
}

/** What we are just doing ourselves is no news: its answer brings the matter. */
async function ownActsDone(queries: QueryClient): Promise<void> {
  while (queries.isMutating() > 0)
    await new Promise<void>((resolve) => {
      const stop = queries.getMutationCache().subscribe(() => {
        stop()
        resolve()
      })
    })
}
