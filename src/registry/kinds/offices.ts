import type { Text } from '#kernel/line.ts'
import { rowsIn } from '#kernel/keyed.ts'

type Kind = {
  title: Text
  /** Anyone may walk in without an appointment; the first of them is shown before the next. */
  walkIn?: true
}

/** What a person can walk into, or be served by. */
export const officeKinds = {
  legalAidAgency: { title: { zh: '法律援助中心', en: 'Legal aid agency' }, walkIn: true },
  serviceCentre: { title: { zh: '公共法律服务中心', en: 'Public legal service centre' }, walkIn: true },
  serviceStation: { title: { zh: '公共法律服务工作站', en: 'Service station in a township' }, walkIn: true },
  serviceRoom: { title: { zh: '公共法律服务工作室', en: 'Service room in a village' }, walkIn: true },
  justiceBureau: { title: { zh: '司法局', en: 'Justice bureau' } },
  lawFirm: { title: { zh: '律师事务所', en: 'Law firm' } },
  grassrootsLegalServiceOffice: { title: { zh: '基层法律服务所', en: 'Grassroots legal service office' } },
  notaryOffice: { title: { zh: '公证处', en: 'Notary office' } },
  mediationCommittee: { title: { zh: '人民调解委员会', en: 'Mediation committee' } },
} as const satisfies Record<string, Kind>

export type OfficeKind = keyof typeof officeKinds

const kinds = rowsIn<OfficeKind, Kind>(officeKinds)

/** Where anyone may walk in, the nearest to what most people need first. */
export const walkIn: readonly OfficeKind[] = kinds.flatMap(([kind, its]) => (its.walkIn ? [kind] : []))

/** What an office of this kind is called; the kind itself where it is none of ours. */
export const officeTitle = (kind: string): Text => kinds.find(([one]) => one === kind)?.[1].title ?? { zh: kind, en: kind }
