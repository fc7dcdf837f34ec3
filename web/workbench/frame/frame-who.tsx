import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { meQuery, signOut } from '../api.ts'
import { dropBulk } from '../act/bulk-job.ts'
import { dropDrafts } from '../act/drafts.ts'
import { dutyWords } from '../accounts/duties.ts'
import { paths } from './paths.ts'
import { PopUp } from '../ui/pop-up.tsx'

/** Who is at the desk, and behind the name what is theirs alone: their account and the way out. */
export function FrameWho() {
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  // Its room is kept, so that nothing moves when the name is known.
  if (!me)
    return (
      <div className="who">
        <span className="who-button">{'\u00a0'}</span>
      </div>
    )
  return (
    <div className="who">
      <button type="button" className="who-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span className="who-name">{me.name}</span>
      </button>
      {isOpen && (
        <PopUp title={me.name} close={close}>
          <div className="who-menu">
            <p className="aside">{[dutyWords(me.duties), me.regionName].filter(Boolean).join(' · ')}</p>
            <Link to={paths.account} onClick={close}>
              我的账号
            </Link>
            <Leave />
          </div>
        </PopUp>
      )}
    </div>
  )
}

function Leave() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      dropDrafts()
      dropBulk()
      await navigate({ to: paths.signIn, search: {} })
      queries.clear()
    },
  })
  return (
    <>
      <Button block onClick={() => leave.mutate()} loading={leave.isPending}>
        退出
      </Button>
      {leave.isError && <span role="alert">没能退出，请再点一次</span>}
    </>
  )
}
