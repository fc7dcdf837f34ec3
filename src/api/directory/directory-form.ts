import { z } from 'zod'
import { choice, day, shortText, yes } from '#kernel/form.ts'
import type { Text } from '#kernel/line.ts'
import { no, Refusal } from '#kernel/refusal.ts'
import { services } from '#lines/services.ts'
import { keysIn } from '#kernel/keyed.ts'

/** What a practitioner may be good at: what people come with. */
export const specialisms: Readonly<Record<string, Text>> = Object.assign({}, ...services.map(({ staffing }) => staffing?.specialisms)) // one table of all

const basis = choice(
  { zh: '依据', en: 'Ground' },
  {
    notice: { zh: '主管机关的决定或者通知', en: 'Decision or notice of the authority' },
    reported: { zh: '本人或者机构申报', en: 'Reported by the person or office' },
    corrected: { zh: '核对后更正', en: 'Corrected after checking' },
  },
)
/** Fields of the register have room for what is written on a sign, not for a story. */
const line = (title: Text, description?: string) =>
  shortText(title, { max: 120 }).meta({ title: title.zh, titleEn: title.en, ...(description && { description }) })

/** What the office's own people keep up to date. Each field is a column of the register. */
export const OfficeForm = z.object({
  phone: line({ zh: '电话', en: 'Phone' }).optional(),
  hours: line({ zh: '办公时间', en: 'Hours' }, '例如：周一至周五 9:00—12:00，13:30—17:30').optional(),
  address: line({ zh: '地址', en: 'Address' }).optional(),
  basis,
})

/** What a director keeps of a practitioner; a suspension without an end lasts until one is entered. */
export const PractitionerForm = z.object({
  suspended_from: day({ zh: '暂停执业从哪天起', en: 'Suspended from' }).optional(),
  suspended_to: day({ zh: '到哪天止', en: 'Suspended to' }).optional(),
  specialisms: z.array(z.enum(keysIn(specialisms))).meta({ title: '擅长', titleEn: 'Good at', options: specialisms }),
  is_familiar_with_minors: yes({ zh: '熟悉未成年人身心特点', en: 'Familiar with minors' }),
  is_on_standing_committee: yes({ zh: '现任人大常委会组成人员', en: 'Sits on a standing committee' }),
  basis,
})

/** Refuses a suspension that ends before it begins, or ends without beginning. */
export function orderOfDays({ suspended_from: from, suspended_to: to }: z.output<typeof PractitionerForm>): void {
  if (to && (!from || to < from))
    throw new Refusal(no('invalid', { issues: [{ path: 'suspended_to', code: 'invalid', message: 'answer.order' }] }))
}

/** A form's values as columns: what was left out is cleared. */
export const columnsOf = (form: z.ZodObject, input: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(form.shape)
      .filter((name) => name !== 'basis')
      .map((name) => [name, input[name] ?? null]),
  )
