import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { floodQuery } from '../api.ts'
import { paths } from '../frame/paths.ts'

const count = new Intl.NumberFormat('zh-CN')

/** That a flood of filings runs: how many came, and the way to them for whoever has a queue. Said politely; what was filed is taken and its limits run. */
export function FloodBar({ isQueue = false }: { isQueue?: boolean }) {
  const flood = useQuery(floodQuery).data?.flood
  return (
    <output className="flood-bar">
      {flood && (
        <>
          <span>
            <b>{`一小时内从同一网络递交了 ${count.format(flood.filings)} 件`}</b>
            {flood.counties > 1 && `，分到 ${count.format(flood.counties)} 个县`}
            {'。已经标出来；受理和期限照常。'}
          </span>
          {isQueue && (
            <Link to={paths.queue} search={{ purpose: 'all', flood: 'only' }}>
              看这一批
            </Link>
          )}
        </>
      )}
    </output>
  )
}
