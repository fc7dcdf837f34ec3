import type { SettingDraft } from '../contract.ts'

/** How a draft stands, in words. */
export const draftStates: Record<SettingDraft['state'], { words: string; tone: 'info' | 'good' | 'plain' }> = {
  open: { words: '等待发布', tone: 'info' },
  published: { words: '已发布', tone: 'good' },
  withdrawn: { words: '已撤回', tone: 'plain' },
}
