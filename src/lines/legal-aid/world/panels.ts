import { citeText } from '#kernel/cite.ts'
import { stateTitle, faceOf } from '#kernel/face.ts'
import { pick } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { regionName } from '#records/register/regions.ts'
import { practitionerTitle } from '#registry/kinds/practitioners.ts'
import type { Reason } from '../assignment/assignment.ts'
import type { Favour } from '../assignment/favours.ts'
import { specialismWord } from '../assignment/specialisms.ts'
import type { Panel } from '../../service.ts'
import { latestAssessment } from './assessment.ts'
import { candidatesFor, type CaseReading } from './candidates.ts'
import { duplicatesOf } from './duplicates.ts'

/** What the eligibility assessment proposes. */
export const assessmentPanel: Panel = {
  key: 'assessment',
  title: { zh: '资格核算', en: 'Eligibility' },
  shape: 'reading',
  view: latestAssessment,
}

/** Other applications of the same person in the same matter: whoever received first decides (法律援助法 art. 38). */
export const alikePanel: Panel = {
  key: 'alike',
  title: { zh: '同一个人为同一件事的其他申请', en: 'Other applications of the same person in the same matter' },
  note: { zh: '两家机构都能受理的，由先收到申请的一家办。', en: 'Where two agencies may take it, the one that received it first decides.' },
  shape: 'alike',
  view: async (tx, matter, language) =>
    Promise.all(
      (await duplicatesOf(tx, matter)).map(async ({ region, id, number, line, edition, state, receivedOn }) => ({
        region,
        id,
        number,
        regionName: await regionName(tx, region),
        stateTitle: pick(stateTitle(lineOf(tx.on, line, edition), state, faceOf(tx.actor)), language),
        receivedOn,
      })),
    ),
}

/** Who may be sent, with what speaks for and against each, for the actions that send somebody. */
export const candidatesPanel = (reading: CaseReading, serves: readonly string[]): Panel => ({
  key: 'candidates',
  title: { zh: '可以安排的人', en: 'Who may be sent' },
  shape: 'candidates',
  serves,
  view: async (tx, matter, language) =>
    (await candidatesFor(tx, matter, reading)).map(({ office: _, region: __, kind, reasons, favours, ...one }) => ({
      ...one,
      kindTitle: pick(practitionerTitle(kind), language),
      specialisms: [...new Set(one.specialisms.map((key) => pick(specialismWord(key), language)))],
      reasons: reasons.map(inWords),
      favours: favours.map(inWords),
    })),
})

const inWords = ({ code, text, article }: Favour | Reason) => ({ code, text: text.zh, article: article && citeText(article) })
