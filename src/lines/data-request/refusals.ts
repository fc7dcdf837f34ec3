import { refusing, type OwnRefusal } from '#kernel/refusal.ts'

/** What this service alone refuses, to the one who reads it, with what to do next. */
export const refusals = {
  must_be_kept: {
    status: 409,
    text: {
      zh: '这件事已经立了案卷，法律要求保存，不能删除。请选“依法须保存，停止其他使用”。',
      en: 'This is a case file the law has kept, so it cannot be deleted. Choose “Must be kept: stop all other use”.',
    },
  },
} satisfies Record<string, OwnRefusal>

/** A refusal, of this service or of any; a misspelt code does not compile. */
export const no = refusing(refusals)
