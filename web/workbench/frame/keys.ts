/** Where a key is heard: anywhere, on the queue, or on the page of a matter. */
export type Place = 'everywhere' | 'queue' | 'matter'

export const places: Record<Place, string> = { everywhere: '任何页面', queue: '待办列表', matter: '事项页面' }

type Key = { place: Place; press: readonly string[]; shown: string; words: string }

/** Every key of the workbench: single keys only, each doing what a visible button does too. `press` is as `tinykeys` writes it. */
export const keys = {
  help: { place: 'everywhere', press: ['[Shift]+?', '[Shift]+？'], shown: '?', words: '看有哪些快捷键' },
  search: { place: 'everywhere', press: ['/', '、'], shown: '/', words: '搜索' },
  notices: { place: 'everywhere', press: ['n'], shown: 'n', words: '看通知' },
  nextRow: { place: 'queue', press: ['j'], shown: 'j 或 ↓', words: '下一行' },
  previousRow: { place: 'queue', press: ['k'], shown: 'k 或 ↑', words: '上一行' },
  openRow: { place: 'queue', press: ['o'], shown: 'o 或回车', words: '打开这一件' },
  selectRow: { place: 'queue', press: ['[Shift]+x'], shown: 'x', words: '选中，再按取消' },
  nextMatter: { place: 'matter', press: ['j'], shown: 'j', words: '下一件' },
  previousMatter: { place: 'matter', press: ['k'], shown: 'k', words: '上一件' },
  backToQueue: { place: 'matter', press: ['u'], shown: 'u', words: '回到列表' },
} as const satisfies Record<string, Key>

export type KeyId = keyof typeof keys

/** What a part of a page hears while it has the focus, in the browser's usual way. */
export const partKeys: readonly { part: string; keys: readonly { shown: string; words: string }[] }[] = [
  { part: '弹出来的窗口', keys: [{ shown: 'Esc', words: '关掉，填的不丢' }] },
  {
    part: '搜索结果',
    keys: [
      { shown: '↓ ↑', words: '上下选' },
      { shown: '回车', words: '打开选中的' },
    ],
  },
  { part: '写便签', keys: [{ shown: 'Ctrl 回车', words: '记下来' }] },
  {
    part: '看材料',
    keys: [
      { shown: '← →', words: '翻页' },
      { shown: '+ −', words: '放大、缩小' },
    ],
  },
  { part: '日历', keys: [{ shown: '← → ↑ ↓', words: '换一天' }] },
]
