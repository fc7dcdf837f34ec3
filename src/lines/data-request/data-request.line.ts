import { daysSet } from '#kernel/limits/limit.ts'
import { line } from '#kernel/line.ts'
import { requestActions } from './actions.ts'
import { documents } from './documents.ts'
import { states } from './states.ts'
import { wants, type Want } from './wants.ts'
import { Data, its } from './data.ts'
import { privacy } from '#parts/traits.ts'
import { cite } from './statutes.ts'
import { desk } from './desk.ts'

/** A person's request over what is held of them in one of their matters: the matter's parent (个人信息保护法 art. 44–50; RULEBOOK PI-10). */
export const dataRequest = line({
  key: 'data-request',
  edition: '2021-11-01',
  title: { zh: '个人信息请求', en: 'Request over personal information' },
  desk,
  data: Data,
  traits: { ...privacy, asked: (data) => its(data).asked?.missing, until: (data) => its(data).asked?.until },
  initial: 'draft',
  seats: { applicant: { title: { zh: '申请人', en: 'applicant' }, side: 'asks', sees: 'all' } },
  principal: 'applicant',
  openedBy: ['citizen'],
  states,
  documents,
  subject: (data) => subjectOf(its(data).wants),
  actions: requestActions,
  limits: {
    answer: {
      title: { zh: '答复您的请求', en: 'Answering your request' },
      kind: 'duty',
      of: 'desk',
      ...daysSet('dataRequest.days', 'workingDay'),
      startedBy: ['submit'],
      stoppedBy: ['fulfil', 'restrict', 'answerPartly', 'refuse', 'withdraw'],
      pausedIn: ['provingIdentity'],
      onBreach: 'overdue',
      cite: cite('个人信息保护法', 50, 1),
      uncertain: '法律只要求及时答复，没有写天数；这个天数是本平台定的',
      told: { zh: '法律要求及时答复，这个日子是我们给自己定的。', en: 'The law says promptly; this day is one we set ourselves.' },
    },
  },
})

const subjectOf = (want: Want | undefined) => want && wants[want].subject
