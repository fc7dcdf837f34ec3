import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import type { Topic } from '#lines/legal-aid/matters.ts'
import { provincialValues } from '#lines/legal-aid/settings.ts'
import type { Platform } from '#platform/platform.ts'
import { as, type Tx } from '#platform/tx.ts'
import { findDraft } from '#records/settings/draft-rows.ts'
import { enterSettings, proposeSetting } from '#records/settings/setting-drafts.ts'
import { demoActor } from './demo-accounts.ts'
import { idOf } from './demo-ids.ts'

const source = '演示数据'
const illustrative = '示意数值，非民政部门公布的标准；正式使用前须由机关填写'

/** Fen a month. Made up, in the order of size real ones have. Liaoning has no standard set, so none is entered there. */
const allowances = { '630102': 80_000, '630121': 72_000, '632621': 65_000 }

/** The published standard of Qinghai, and an allowance for each of its demo counties that is marked as made up. */
export async function addDemoSettings(tx: Tx): Promise<void> {
  const standards = provincialValues.map(({ source, ...value }) => ({ ...value, decidedBy: source.zh, note: '' }))
  const figures = Object.entries(allowances).map(([region, value]) => ({
    region,
    key: 'hardship.allowanceFenPerMonth',
    validFrom: '2020-01-01',
    value,
    decidedBy: source,
    note: illustrative,
  }))
  await enterSettings(tx, [...standards, ...figures])
}

const draft = idOf('draft/matters')
const added: Topic[] = ['marriageFamily', 'housing', 'consumer', 'debt']

/** A change one manager of Qinghai proposed and another has still to look at. Again changes nothing. */
export async function addDemoDraft(on: Platform, now: Date): Promise<void> {
  const its = { region: '63', key: 'matters.provincial', value: added, note: '演示：如果把婚姻家庭、住房、消费和欠款纳入援助' }
  await as(on, demoActor('qinghai.manager'), now, async (tx) => {
    if (!(await findDraft(tx, draft))) await proposeSetting(tx, { id: draft, validFrom: addDays(dayOf(now), 30), ...its })
  })
}
