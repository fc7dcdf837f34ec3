import type { Text } from '#kernel/line.ts'
import { has } from '#kernel/keyed.ts'

/** Those on the register who can be sent to help. */
export const practitionerKinds = {
  lawyer: { zh: '律师', en: 'Lawyer' },
  grassrootsLegalWorker: { zh: '基层法律服务工作者', en: 'Grassroots legal worker' },
  agencyStaff: { zh: '机构工作人员', en: 'Agency staff' },
  volunteer: { zh: '志愿者', en: 'Volunteer' },
  studentVolunteer: { zh: '学生志愿者', en: 'Student volunteer' },
  mediator: { zh: '专职人民调解员', en: 'Full-time people’s mediator' },
  partTimeMediator: { zh: '兼职人民调解员', en: 'Part-time people’s mediator' },
} as const satisfies Record<string, Text>

export type PractitionerKind = keyof typeof practitionerKinds

/** What a practitioner of this kind is called; the kind itself where it is none of ours. */
export const practitionerTitle = (kind: string): Text => (has(practitionerKinds, kind) ? practitionerKinds[kind] : { zh: kind, en: kind })
