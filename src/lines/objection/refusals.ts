import { refusing, type OwnRefusal } from '#kernel/refusal.ts'

/** What this service alone refuses, to the one who reads it, with what to do next. */
export const refusals = {
  in_time: {
    status: 409,
    text: {
      zh: '这件异议是在期限内提出的，不能按超过期限处理。请审查后作出决定。',
      en: 'The objection came in time, so it cannot be rejected as late. Please review it and decide.',
    },
  },
} satisfies Record<string, OwnRefusal>

/** A refusal, of this service or of any; a misspelt code does not compile. */
export const no = refusing(refusals)
