import { plain, type Line } from '#kernel/line.ts'
import { criminalNotice } from './criminal-notice/criminal-notice.line.ts'
import { dataRequest } from './data-request/data-request.line.ts'
import { legalAid } from './legal-aid/legal-aid.line.ts'
import { objection } from './objection/objection.line.ts'

/** Every edition of every service line, oldest edition first. The only list of them. */
export const lines: readonly Line[] = [plain(legalAid), plain(objection), plain(criminalNotice), plain(dataRequest)]

/** The same by key. */
export const linesByKey: ReadonlyMap<string, readonly Line[]> = Map.groupBy(lines, (line) => line.key)
