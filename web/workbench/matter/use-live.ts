import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { matterQuery } from '../api.ts'
import type { At, Entry, Matter } from '../contract.ts'
import { entriesSince } from '../settings/differences.ts'
import { liveUrl } from '../frame/paths.ts'
import { useFreshMatter } from './use-fresh-matter.ts'

/** Somebody else who has the matter open, as what, and since when. */
export type Colleague = { name: string; role: string; since: string }

/** What an open matter is told while it is looked at. */
export type Live = { people: Colleague[]; news: Entry[]; isLost: boolean; forget: () => void }

/** A lost connection mostly comes back by itself before anybody needs to know. */
const lostMs = 5000
/** After the server's no, or a proxy's, the page asks again this often. */
const againMs = 10_000

/** Follows a matter while its page is looked at: reads it again when it changed, and knows who else is there. */
export function useLive({ region, id }: At): Live {
  const queries = useQueryClient()
  const { refetch } = useFreshMatter({ region, id })
  const [people, setPeople] = useState<Colleague[]>([])
  const [news, setNews] = useState<Entry[]>([])
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    const catchUp = (mark: string) => void readAgain(queries, { region, id }, mark, refetch).then((more) => more.length && setNews(more))
    // Six pages left open would use up the connections a browser allows to one server.
    return whileLookedAt(() => {
      setPeople([])
      return follow(liveUrl({ region, id }), {
        changed: catchUp,
        people: setPeople,
        lost: setLost,
        refused: () => void refetch().catch(() => {}),
      })
    })
    // oxlint-disable-next-line react/exhaustive-deps -- one stream a matter: `refetch` is the same for the same matter
  }, [region, id])
  return { people, news, isLost, forget: () => setNews([]) }
}

/** Reads the matter again unless it is at this mark already, as after an act of our own; answers what was done since. */
async function readAgain(queries: QueryClient, at: At, mark: string, refetch: () => Promise<Matter>): Promise<Entry[]> {
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

function whileLookedAt(start: () => () => void): () => void {
  let stop = document.hidden ? null : start()
  const turn = () => {
    stop?.()
    stop = document.hidden ? null : start()
  }
  document.addEventListener('visibilitychange', turn)
  return () => {
    document.removeEventListener('visibilitychange', turn)
    stop?.()
  }
}

type Told = { changed: (mark: string) => void; people: (people: Colleague[]) => void; lost: (isLost: boolean) => void; refused: () => void }

function follow(url: string, told: Told): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource
  const found = () => {
    clearTimeout(timer)
    timer = undefined
    told.lost(false)
  }
  const lost = () => {
    timer ??= setTimeout(() => told.lost(true), lostMs)
    if (source.readyState !== EventSource.CLOSED) return
    told.refused()
    clearTimeout(timer)
    timer = setTimeout(open, againMs)
  }
  const open = () => {
    timer = undefined
    source = new EventSource(url)
    source.addEventListener('open', found)
    source.addEventListener('error', lost)
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => told.changed((JSON.parse(data) as { mark: string }).mark)) // as src/api/matter/live.ts writes it
    source.addEventListener('people', ({ data }: MessageEvent<string>) => told.people(JSON.parse(data) as Colleague[])) // likewise
  }
  open()
  return () => {
    clearTimeout(timer)
    told.lost(false)
    source.close()
  }
}
