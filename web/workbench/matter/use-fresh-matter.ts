import { useQueryClient } from '@tanstack/react-query'
import { matterQuery } from '../api.ts'
import type { At, Matter } from '../contract.ts'

/** Ways to bring the matter on the page up to date: keep the one a change returned, or read it again. */
export function useFreshMatter(at: At) {
  const queries = useQueryClient()
  const { queryKey } = matterQuery(at)
  const keep = (matter: Matter) => {
    queries.setQueryData(queryKey, matter)
    void queries.invalidateQueries({ queryKey: ['queue'] })
  }
  const refetch = () => queries.fetchQuery({ ...matterQuery(at), staleTime: 0 })
  return { keep, refetch }
}
