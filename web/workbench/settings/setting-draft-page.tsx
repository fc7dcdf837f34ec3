import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { App, Button, Skeleton } from 'antd'
import { meQuery } from '../api.ts'
import type { SettingDraft } from '../contract.ts'
import { draftStates } from './draft-states.ts'
import { Mark } from '../frame/mark.tsx'
import { paths } from '../frame/paths.ts'
import { LoadFailure, messageOf } from '../ui/refusal-note.tsx'
import { ReplayPart } from './replay-part.tsx'
import { Rows } from '../queue/rows.tsx'
import { draftQuery, publish, withdraw } from './settings-api.ts'
import { timeOf } from '../ui/time.ts'

/** One proposed change: what it is, whom it would touch, and the second person's yes. */
export default function SettingDraftPage() {
  const { id } = useParams({ from: paths.draft })
  const { data: draft, error, refetch } = useQuery(draftQuery(id))
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const mayRead = me?.duties.some((duty) => duty === 'manager' || duty === 'auditor') ?? false
  return (
    <div className="page">
      <title>{`${draft ? `修改${draft.title}` : '修改稿'} · 法惠工作台`}</title>
      <p className="back">
        <Link to={paths.settings}>本地标准</Link>
      </p>
      {error && !draft && <LoadFailure error={error} retry={refetch} />}
      {!draft && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {draft && <Proposed draft={draft} />}
      {draft?.isDecisive && <ReplayPart draft={draft} mayRead={mayRead} />}
    </div>
  )
}

const Proposed = ({ draft }: { draft: SettingDraft }) => (
  <>
    <h1>{`修改${draft.title}`}</h1>
    <section aria-label="修改内容" className="part">
      <p>
        <Mark tone={draftStates[draft.state].tone}>{draftStates[draft.state].words}</Mark>
      </p>
      <Rows
        rows={[
          { label: '在哪里', value: draft.regionName },
          { label: '改成', value: <strong>{draft.words}</strong> },
          ...(draft.state === 'published' ? [] : [{ label: '现在', value: draft.before }]),
          { label: '从哪天起', value: draft.validFrom },
          { label: '依据和理由', value: draft.note },
          { label: '提出', value: `${draft.proposedBy} · ${timeOf(draft.proposedAt)}` },
          ...(draft.endedAt
            ? [{ label: draft.state === 'published' ? '发布' : '撤回', value: `${draft.endedBy ?? ''} · ${timeOf(draft.endedAt)}` }]
            : []),
        ]}
      />
      {draft.state === 'open' && <Deciding draft={draft} />}
    </section>
  </>
)

/** Publish and withdraw, each asked once more; what may not be done says why. */
function Deciding({ draft }: { draft: SettingDraft }) {
  const { modal } = App.useApp()
  const [publishing, withdrawing] = [useDecision(draft, publish), useDecision(draft, withdraw)]
  const error = publishing.error ?? withdrawing.error
  const askPublish = () =>
    void modal.confirm({
      title: '发布这项修改？',
      content: `从 ${draft.validFrom} 起，${draft.regionName}的“${draft.title}”改为：${draft.words}。发布以后不能收回，只能再提新的修改。`,
      okText: '发布',
      cancelText: '先不发布',
      onOk: () => publishing.mutateAsync().catch(() => {}), // shown below
    })
  const askWithdraw = () =>
    void modal.confirm({
      title: '撤回这项修改？',
      content: '撤回以后它不会生效。还想改，可以重新提出。',
      okText: '撤回',
      cancelText: '先不撤回',
      onOk: () => withdrawing.mutateAsync().catch(() => {}), // shown below
    })
  return (
    <div className="deciding">
      {!draft.publish.allowed && draft.publish.why && <p className="aside">{draft.publish.why}</p>}
      {error && <p role="alert">{messageOf(error)}</p>}
      <div className="ending">
        <Button disabled={!draft.withdraw.allowed} onClick={askWithdraw}>
          撤回
        </Button>
        <Button type="primary" disabled={!draft.publish.allowed} onClick={askPublish}>
          发布
        </Button>
      </div>
    </div>
  )
}

function useDecision({ id }: SettingDraft, decide: (id: string) => Promise<SettingDraft>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => decide(id),
    onSuccess: (after) => {
      queries.setQueryData(draftQuery(id).queryKey, after)
      for (const queryKey of [['drafts'], ['settings']]) void queries.invalidateQueries({ queryKey })
    },
  })
}
