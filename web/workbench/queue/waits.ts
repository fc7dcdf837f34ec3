import type { WaitsFor } from '../contract.ts'

/** Whose move it is, in words. */
export const waits: Record<WaitsFor, string> = {
  applicant: '等当事人',
  agency: '等援助机构',
  assignee: '等承办人',
  bureau: '等司法行政部门',
  organ: '等办案机关',
  nobody: '已办结',
}
