import type { Me, Purpose } from '../contract.ts'
import { purposes } from '../frame/paths.ts'
import { keysIn } from '../ui/keyed.ts'

type Words = {
  /** What is in here, and why. */
  about: string
  /** What to do first. */
  start: string
  /** When there is nothing, and what next. */
  nothing: string
}

/** Each queue in a sentence, its first step, and what to say when it is empty. */
export const purposeWords: Record<Purpose, Words> = {
  today: {
    about: '轮到您办的事，期限近的在前。办理中这类要做一阵子的，期限只剩七天才来这里。办完一步，它会自己离开。',
    start: '从第一件办起',
    nothing: '眼下没有轮到您办的事。可以看看“等候他人”里有没有要催的。',
  },
  risk: {
    about: '法定期限三天内到期，或者已经超过的事，不论该谁办。',
    start: '先办最急的一件',
    nothing: '没有快到期限的事。按“今天要办”的顺序办就好。',
  },
  unassigned: {
    about: '在援助机构手里、还没有承办人的事：有的要先审查，有的等着指派。',
    start: '从第一件办起',
    nothing: '每件事都有人办了。新收到的会先到这里。',
  },
  waiting: {
    about: '下一步在别人手里的事：当事人、同事、承办人、司法局或者办案机关。不用您办，但可以催。',
    start: '看等得最急的一件',
    nothing: '没有在等别人的事。',
  },
  later: {
    about: '轮到您、但要做一阵子的事，离期限还有七天以上。快到时它会自己到“今天要办”里来。',
    start: '看期限最近的一件',
    nothing: '没有可以先放一放的事。',
  },
  all: {
    about: '您能看到的所有没办结的事，期限近的在前。',
    start: '打开第一件',
    nothing: '这里还没有事项。收到申请或通知后会出现在这里。',
  },
}

/** The queues one person is shown: whoever sees their own alone has nothing to hand out, and whose steps none are has none to put off. */
export const purposesFor = (me: Pick<Me, 'kind' | 'duties'> | undefined): Purpose[] =>
  keysIn(purposes).filter((purpose) => !hidden[purpose]?.(me ?? { kind: 'staff', duties: [] }))

const watching: ReadonlySet<string> = new Set(['manager', 'auditor'])
const hidden: { [P in Purpose]?: (me: Pick<Me, 'kind' | 'duties'>) => boolean } = {
  unassigned: ({ kind }) => kind === 'provider',
  later: ({ kind, duties }) => kind === 'staff' && duties.every((duty) => watching.has(duty)),
}
