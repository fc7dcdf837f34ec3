import type { State } from '#kernel/line.ts'
import type { SampleLineSeat } from './seats.ts'

export const states = {
  draft: {
    title: { zh: '填写中', en: 'Being filled in' },
    waitsFor: ['applicant'],
    next: { zh: '填完并提交后，我们才会收到。', en: 'We see it once you send it.' },
    desk: { next: { zh: '本人填完提交后，机构才会收到。', en: 'The office sees it once the person sends it.' } },
  },
  received: {
    title: { zh: '已收到，待答复', en: 'Received' },
    waitsFor: ['desk'],
    next: { zh: '我们会看，看完答复您。', en: 'We read it and answer you.' },
    desk: { next: { zh: '看过以后答复本人。', en: 'Read it and answer the person.' } },
  },
  answered: {
    title: { zh: '已答复', en: 'Answered' },
    final: true,
    waitsFor: [],
    next: { zh: '答复写在上面。', en: 'The answer is above.' },
    desk: { next: { zh: '已经答复本人。', en: 'The person was answered.' } },
  },
  withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true, leavesNoFile: true, waitsFor: [] },
} as const satisfies Record<string, State<SampleLineSeat>>

export type SampleLineState = keyof typeof states
