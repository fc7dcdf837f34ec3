import { refusing, type OwnRefusal } from '#kernel/refusal.ts'

/** What this service alone refuses, to the one who reads it, with what to do next. */
export const refusals = {
  point_out_aid: {
    status: 409,
    text: {
      zh: '答复里还没有提示可以申请法律援助、条件和办法（法律援助法第二十三条）。请勾上再发。',
      en: 'The answer does not yet point out the right to legal aid, its conditions and how to apply (Legal Aid Law, article 23). Tick it and send again.',
    },
  },
  needs_guide: {
    status: 403,
    text: {
      zh: '志愿者（包括学生）要在指导下解答（法律援助法第十七条）。请用“写好答复，请人把关”，律师或者机构看过再发出。',
      en: 'Volunteers, students among them, advise under guidance (Legal Aid Law, article 17). Hand your answer in to be looked over before it leaves.',
    },
  },
  not_for_volunteers: {
    status: 403,
    text: {
      zh: '这件事可能有人身危险，不交给志愿者。请安排律师，或者由窗口直接答复。',
      en: 'Somebody may be in danger here, so it is not for a volunteer. Have a lawyer answer, or answer it at the desk.',
    },
  },
  try_again_first: {
    status: 409,
    text: {
      zh: '还没有联系够次数。请再联系一次，并点“没有联系上”。',
      en: 'This was not tried often enough yet. Try once more and note it.',
    },
  },
  nobody_to_refer: {
    status: 409,
    text: {
      zh: '没有留姓名、电话的，或者单位来问的，转不过去。请告诉对方该找哪个单位、电话多少。',
      en: 'Without a name or telephone, or for a firm, nothing can be passed on. Say whom to turn to, and the number.',
    },
  },
  rated_by_another: {
    status: 403,
    text: {
      zh: '评价不由答复的人代记，有账号的人自己在网页上评。别的，请换一位同事来记。',
      en: 'Whoever answered does not write down how it was rated; whoever has an account rates it themselves. Ask a colleague to note it.',
    },
  },
} satisfies Record<string, OwnRefusal>

/** A refusal, of this service or of any; a misspelt code does not compile. */
export const no = refusing(refusals)
