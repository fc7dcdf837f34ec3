import type { Cite } from '#kernel/cite.ts'
import type { ProviderKind, SettingKey } from '../settings.ts'
import { defaultSettings } from '../settings.ts'
import { cite } from '../statutes.ts'

/** Forms of aid (法律援助法第二十二条); form (3) and form (4) are split where different people may do them. */
export const aidForms = [
  'legalConsultation',
  'documentDrafting',
  'criminalDefence',
  'criminalRepresentation',
  'litigationRepresentation',
  'nonLitigationRepresentation',
  'dutyLawyerAssistance',
  'labourDisputeRepresentation',
  'otherForm',
] as const
export type AidForm = (typeof aidForms)[number]

/** Who may give which form. `guided`: under the justice authority's guidance. `setting`: only where the province says so. */
export type Cell = 'yes' | 'no' | 'guided' | 'ifLawyer' | 'ifQualified' | 'setting'

type Row = { article: Cite; cells: readonly [Cell, Cell, Cell, Cell, Cell]; setting?: SettingKey & `${string}.providers` }

/** The suitability matrix. Columns: lawyer, grassroots legal worker, agency staff, volunteer, student volunteer (法律援助法第十二、十三、十四、十七条). */
export const suitability: Record<AidForm, Row> = {
  legalConsultation: { article: cite('法律援助法', 22, undefined, 1), cells: ['yes', 'yes', 'ifQualified', 'yes', 'guided'] },
  documentDrafting: { article: cite('法律援助法', 22, undefined, 2), cells: ['yes', 'yes', 'ifQualified', 'yes', 'guided'] },
  criminalDefence: { article: cite('法律援助法', 25), cells: ['yes', 'no', 'ifLawyer', 'ifLawyer', 'no'] },
  criminalRepresentation: {
    article: cite('法律援助法', 29),
    cells: ['yes', 'setting', 'setting', 'setting', 'no'],
    setting: 'criminalRepresentation.providers',
  },
  litigationRepresentation: { article: cite('民事诉讼法', 61, 2, 1), cells: ['yes', 'yes', 'ifQualified', 'ifQualified', 'no'] },
  nonLitigationRepresentation: {
    article: cite('法律援助法', 22, undefined, 4),
    cells: ['yes', 'yes', 'ifQualified', 'ifQualified', 'no'],
  },
  dutyLawyerAssistance: { article: cite('法律援助法', 14), cells: ['yes', 'no', 'no', 'no', 'no'] },
  labourDisputeRepresentation: {
    article: cite('法律援助法', 22, undefined, 6),
    cells: ['yes', 'yes', 'ifQualified', 'ifQualified', 'no'],
  },
  otherForm: {
    article: cite('法律援助法', 22, undefined, 7),
    cells: ['setting', 'setting', 'setting', 'setting', 'setting'],
    setting: 'otherForm.providers',
  },
}

const column: Record<ProviderKind, 0 | 1 | 2 | 3 | 4> = {
  lawyer: 0,
  grassrootsLegalWorker: 1,
  agencyStaff: 2,
  volunteer: 3,
  studentVolunteer: 4,
}

type Provider = { kind: ProviderKind; licence?: { as: string } | undefined; isQualified?: boolean }

/** A lawyer by trade, or agency staff and volunteers who hold a lawyer's licence. */
export const isLawyer = ({ kind, licence }: Provider) => kind === 'lawyer' || licence?.as === 'lawyer'

/** Whether the matrix lets this kind of provider give this form of aid. */
export function mayGive(form: AidForm, candidate: Provider, settings = defaultSettings): boolean {
  const { cells, setting } = suitability[form]
  const cell = cells[column[candidate.kind]]
  if (cell === 'ifLawyer') return isLawyer(candidate)
  if (cell === 'ifQualified') return candidate.isQualified === true || isLawyer(candidate)
  if (cell === 'setting') return setting !== undefined && settings[setting].includes(candidate.kind)
  return cell !== 'no'
}
