import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { ActionDrawer } from './action-drawer.tsx'
import { helpInShort } from './action-help.tsx'
import { act, meQuery } from '../api.ts'
import type { Action, Matter } from '../contract.ts'
import { newKey } from './drafts.ts'
import { paths } from '../frame/paths.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { isStale } from './stale.ts'
import { useFreshMatter } from '../matter/use-fresh-matter.ts'

/** What may be done now, and what may not with the server's reason; the open form is in the address. */
export function ActionPanel({ matter }: { matter: Matter }) {
  const { do: open } = useSearch({ from: paths.matter })
  // Files are added beside the files.
  const actions = matter.actions.filter(({ own }) => own !== 'upload')
  const allowed = actions.filter((action) => action.allowed)
  const forbidden = actions.filter((action) => !action.allowed)
  const action = useStillOpen(
    actions.find(({ key }) => key === open),
    open,
  )
  // A form begun by another account is forgotten once it is known who sits here.
  const { data: me } = useQuery(meQuery)
  return (
    <>
      {allowed.length === 0 && <p className="empty">现在没有您要办的。</p>}
      <ul className="actions">
        {allowed.map((its, at) => (
          <li key={its.key}>
            {its.own === 'compute' ? (
              <ComputeButton matter={matter} action={its} isFirst={at === 0} />
            ) : (
              <OpenButton action={its} isFirst={at === 0} />
            )}
          </li>
        ))}
      </ul>
      {forbidden.length > 0 && <Forbidden actions={forbidden} />}
      {me && action && action.own !== 'compute' && <ActionDrawer key={action.key} matter={matter} action={action} />}
    </>
  )
}

/** The action whose form is open. One that another's step took away stays, with what was typed, as one that cannot be taken any more. */
function useStillOpen(action: Action | undefined, open: string | undefined): Action | undefined {
  const [last, setLast] = useState<Action>()
  if (action && action !== last) setLast(action)
  return action ?? (last && last.key === open ? { ...last, allowed: false, why: '别人刚办了一步，这件事已经不在这个阶段' } : undefined)
}

function OpenButton({ action, isFirst }: { action: Action; isFirst: boolean }) {
  const navigate = useNavigate({ from: paths.matter })
  const id = useId()
  return (
    <>
      <Button
        block
        type={isFirst && !action.confirm ? 'primary' : 'default'}
        aria-describedby={id}
        onClick={() => void navigate({ search: ({ from }) => ({ ...(from && { from }), do: action.key }), resetScroll: false })}
      >
        {action.title}
      </Button>
      <span id={id} className="aside">
        {action.help && helpInShort(action.help)}
      </span>
    </>
  )
}

/** Taken at once: the server computes what is recorded from what was told. */
function ComputeButton({ matter, action, isFirst }: { matter: Matter; action: Action; isFirst: boolean }) {
  const { keep, refetch } = useFreshMatter(matter)
  const compute = useMutation({
    mutationFn: (body: { version: number; key: string }) => act(action.path, { ...body, input: {} }),
    onSuccess: keep,
  })
  return (
    <>
      <Button
        block
        type={isFirst ? 'primary' : 'default'}
        loading={compute.isPending}
        onClick={() => compute.mutate({ version: matter.version, key: newKey() })}
      >
        {action.title}
      </Button>
      {compute.error && (
        <RefusalNote error={compute.error} action={isStale(compute.error) && <ReloadButton reload={refetch} done={compute.reset} />} />
      )}
    </>
  )
}

function ReloadButton({ reload, done }: { reload: () => Promise<unknown>; done: () => void }) {
  const again = async () => {
    await reload()
    done()
  }
  return (
    <Button size="small" onClick={() => void again()}>
      重新载入
    </Button>
  )
}

/** How many forbidden actions are shown without being asked for. */
const fewForbidden = 3

const Forbidden = ({ actions }: { actions: Action[] }) => (
  <details open={actions.length <= fewForbidden} className="forbidden">
    <summary>{`现在不能办的（${actions.length}）`}</summary>
    <ul className="actions">
      {actions.map((action) => (
        <ForbiddenItem key={action.key} action={action} />
      ))}
    </ul>
  </details>
)

function ForbiddenItem({ action }: { action: Action }) {
  const id = useId()
  return (
    <li>
      <Button block disabled aria-describedby={id}>
        {action.title}
      </Button>
      <span id={id} className="aside">
        {[action.why, action.article].filter(Boolean).join(' · ')}
      </span>
    </li>
  )
}
