import { refusing, type OwnRefusal } from '#kernel/refusal.ts'

/** What this service alone refuses, to the one who reads it, with what to do next. */
export const refusals = {
  conflict_of_interest: {
    status: 409,
    text: {
      zh: '这位律师和对方有关系，不能办这件事。请换一位律师。',
      en: 'This lawyer has ties to the other side and cannot act. Please choose another lawyer.',
    },
  },
  must_replace: {
    status: 409,
    text: {
      zh: '承办人报告了利益冲突，应当更换。请另选一位承办人。',
      en: 'The provider reported a conflict of interest and has to be replaced. Please choose another provider.',
    },
  },
  not_assessed: {
    status: 409,
    text: {
      zh: '还没有核对条件，不能作决定。请先做完核对。',
      en: 'The conditions have not been checked, so nothing can be decided. Please finish the check first.',
    },
    desk: {
      zh: '还没有核算资格，不能作决定。请先核算。',
      en: 'Eligibility has not been assessed, so nothing can be decided. Please assess first.',
    },
  },
  against_proposal: {
    status: 422,
    text: {
      zh: '这个决定和核对结果不一样。请写明理由，再交一次。',
      en: 'This decision differs from the result of the check. Please state your reasons and send it again.',
    },
    desk: {
      zh: '这个决定和系统建议不一样。请写明理由，再提交。',
      en: 'This decision differs from the proposal. Please state the reasons, then send.',
    },
  },
  not_proposed: {
    status: 409,
    text: {
      zh: '核对的结果没有建议这样决定。请重新核对，再作决定。',
      en: 'The check does not propose this. Please check again before deciding.',
    },
    desk: {
      zh: '核算没有建议这样决定。请补全情况，重新核算，再作决定。',
      en: 'The assessment does not propose this. Please complete the facts and assess again before deciding.',
    },
  },
  not_confirmed: {
    status: 409,
    text: {
      zh: '结果还没有经本人核实，先不能算数。请先请本人确认。',
      en: 'The person has not confirmed the result, so it does not count yet. Please ask them to confirm first.',
    },
  },
  guardian_consent: {
    status: 403,
    text: {
      zh: '不满 14 岁，要先请监护人同意。监护人不在身边，请打 12355 或者 12348，有人会帮您。',
      en: 'Under 14, your guardian must agree first. If no guardian is with you, call 12355 or 12348 and someone will help.',
    },
    desk: {
      zh: '申请人不满 14 岁，要先请监护人同意。监护人不在场，请先联系监护人，或者转 12355 协助。',
      en: 'The applicant is under 14, so the guardian must agree first. If no guardian is present, please reach one, or refer to 12355.',
    },
  },
} satisfies Record<string, OwnRefusal>

/** A refusal, of this service or of any; a misspelt code does not compile. */
export const no = refusing(refusals)
