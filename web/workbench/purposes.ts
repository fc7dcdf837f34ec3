import type { Purpose } from './contract.ts'

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
    about: '轮到本机构、承办人或司法局办的事，期限近的在前。办完一步，它会自己离开这里。',
    start: '从第一件办起',
    nothing: '轮到这边办的都办完了。可以看看“等候他人”里有没有要催的。',
  },
  risk: {
    about: '法定期限三天内到期，或者已经超过的事，不论该谁办。',
    start: '先办最急的一件',
    nothing: '没有快到期限的事。按“今天要办”的顺序办就好。',
  },
  unassigned: {
    about: '在本机构手里、还没有承办人的事：有的要先审查，有的等着指派。',
    start: '从第一件办起',
    nothing: '每件事都有人办了。新收到的会先到这里。',
  },
  waiting: {
    about: '在等当事人补材料，或者等办案机关回复的事。不用办，但可以催。',
    start: '看等得最急的一件',
    nothing: '没有在等别人的事。',
  },
  all: {
    about: '辖区里所有没办结的事，期限近的在前。',
    start: '打开第一件',
    nothing: '这里还没有事项。收到申请或通知后会出现在这里。',
  },
}
