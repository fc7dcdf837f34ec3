import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { dropFilter, filtersQuery, Refused, saveFilter } from '../api.ts'
import type { SavedFilter } from '../contract.ts'
import { newKey } from '../act/drafts.ts'
import { firstPage, paths, queueFrom, queueText } from '../frame/paths.ts'
import { PopUp } from '../ui/pop-up.tsx'
import { messageOf } from '../ui/refusal-note.tsx'
import { useUndo } from '../act/undo.tsx'

/** The reader's own filters as tabs. The address of the queue is the filter. */
export function SavedFilters() {
  const { kept, current } = useKept()
  if (kept.length === 0) return null
  return (
    <nav aria-label="我保存的筛选" className="saved">
      {kept.map((one) => (
        <Link
          key={one.id}
          to={paths.queue}
          search={queueFrom(one.search)}
          className="tab"
          aria-current={one === current ? 'page' : undefined}
        >
          {one.name}
        </Link>
      ))}
    </nav>
  )
}

/** Keeps the filter on the page under a name, or changes the one that is kept. */
export function SaveFilter() {
  const { current, here } = useKept()
  const [editing, edit] = useState<SavedFilter | null>(null)
  return (
    <>
      <Button size="small" onClick={() => edit(current ?? { id: newKey(), name: '', search: here })}>
        {current ? '改名或删除' : '保存这个筛选'}
      </Button>
      {editing && <NameForm filter={editing} isNew={editing !== current} close={() => edit(null)} />}
    </>
  )
}

function useKept() {
  const search = useSearch({ from: paths.queue })
  const { data: kept = [] } = useQuery(filtersQuery)
  const here = queueText(firstPage(search))
  return { kept, here, current: kept.find((one) => queueText(queueFrom(one.search)) === here) }
}

function NameForm({ filter, isNew, close }: { filter: SavedFilter; isNew: boolean; close: () => void }) {
  const { save, drop } = useFilterChanges(filter, isNew, close)
  return (
    <PopUp title={isNew ? '保存这个筛选' : '改名或删除'} close={close}>
      <Form layout="vertical" initialValues={filter} onFinish={({ name }: { name: string }) => save.mutate(name)}>
        <Form.Item
          name="name"
          label="给它起个名字"
          extra="以后在列表上方点一下就到。想给同事看，把网址发给他就行。"
          rules={[{ required: true, whitespace: true, message: '请写个名字' }]}
          {...(save.error && { validateStatus: 'error', help: nameIssue(save.error) })}
        >
          <Input maxLength={20} />
        </Form.Item>
        <div className="ending">
          <Button onClick={close}>取消</Button>
          {!isNew && (
            <Button danger loading={drop.isPending} onClick={() => drop.mutate()}>
              删除
            </Button>
          )}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            保存
          </Button>
        </div>
      </Form>
    </PopUp>
  )
}

const nameIssue = (error: Error): string => (error instanceof Refused ? error.detail.issues?.[0]?.message : undefined) ?? messageOf(error)

/** Renaming and deleting can each be taken back for a while. */
function useFilterChanges(filter: SavedFilter, isNew: boolean, close: () => void) {
  const queries = useQueryClient()
  const offerUndo = useUndo()
  const keep = (kept: SavedFilter[]) => queries.setQueryData(filtersQuery.queryKey, kept)
  const restore = async () => keep(await saveFilter(filter))
  const done = (words: string, kept: SavedFilter[], undo: () => Promise<unknown>) => {
    keep(kept)
    offerUndo(words, undo)
    close()
  }
  const save = useMutation({
    mutationFn: (name: string) => saveFilter({ ...filter, name }),
    onSuccess: (kept) => (isNew ? done('已保存', kept, async () => keep(await dropFilter(filter.id))) : done('已改名', kept, restore)),
  })
  const drop = useMutation({ mutationFn: () => dropFilter(filter.id), onSuccess: (kept) => done(`已删除“${filter.name}”`, kept, restore) })
  return { save, drop }
}
