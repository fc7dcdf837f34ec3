import type { Standing } from '#test/planted.ts'
import { acts, seen, type Role, type Rule } from '#test/roles.ts'
import type { Scene } from '#test/scene.ts'
import { cast } from '#test/world.ts'

export const today = '2026-04-01'
export const why = '根据现有材料，理由已经书面说明清楚。'
export const filing = {
  matterCode: 'M31-5',
  forWhom: 'self',
  route: 'exempt',
  channel: 'web',
  isPrivate: false,
  isUnder14: false,
  topic: 'wages',
  contact: 'page',
}
type Over = Partial<Scene> & { unassigned?: true; ownRoute?: true }

/** An action of a line: the state it is taken in, who takes it, and what they fill in. */
export function action(
  of: 'case' | 'draft' | 'objection' | 'notice' | 'request',
  state: string,
  by: readonly Role[],
  asks: Record<string, unknown> = {},
  { unassigned, ownRoute, ...over }: Over = {},
): Scene {
  const held = of === 'objection' || of === 'draft' || of === 'request' || unassigned === true
  const sees = (seen[of] ?? []).filter((role) => role !== 'assigned' || !held)
  const standing: Standing = {
    state,
    data: of === 'notice' ? { ground: 'minor' } : of === 'request' ? { wants: 'delete' } : filing,
    documents: [],
    ...(of === 'request' && { number: '演示信1号', filed_at: new Date('2026-03-30T09:00:00+08:00') }),
    proxy: of === 'notice' ? null : cast.ma.id,
    assignee: held ? null : cast.zhao.id,
    ...over.standing,
  }
  return { of, asks, expected: acts(sees, by, ownRoute ? 'not here' : 'ok'), ...over, standing }
}

const hearing = { at: '2026-05-06T09:30:00+08:00', forum: 'court', court: '演示区人民法院' }
/** What Zhao, and the system for him, does about a hearing. */
export const hearingScenes = (of: 'case' | 'notice', data: Record<string, unknown>): Record<string, Scene> => ({
  scheduleHearing: action(of, 'handling', ['assigned'], hearing),
  cancelHearing: action(of, 'handling', ['assigned'], { because: 'postponed' }, { standing: { data: { ...data, hearing } } }),
  remindHearing: action(of, 'handling', [], { limit: 'hearingReminder' }, { standing: { data: { ...data, hearing } } }),
})

/** Something about Li's case as it stands while Zhao works on it. */
export const ofCase = (expected: Rule, over: Partial<Scene> = {}): Scene => ({
  ...action('case', 'handling', []),
  asks: null,
  ...over,
  expected,
})
export const ofDraft = (expected: Rule, over: Partial<Scene> = {}): Scene => ({
  ...action('draft', 'draft', []),
  asks: null,
  ...over,
  expected,
})
