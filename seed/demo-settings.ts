import { provincialValues } from '#lines/legal-aid/settings.ts'
import type { Tx } from '#platform/tx.ts'

const source = '演示数据'
const illustrative = '示意数值，非民政部门公布的标准；正式使用前须由机关填写'

/** Fen a month. Made up, in the order of size real ones have. Liaoning has no standard set, so none is entered there. */
const allowances = { '630102': 80_000, '630121': 72_000, '632621': 65_000 }

/** The published standard of Qinghai, and an allowance for each of its demo counties that is marked as made up. */
export async function addDemoSettings(tx: Tx): Promise<void> {
  const standards = provincialValues.map(({ region, key, value, validFrom, source }) => ({
    region,
    key,
    valid_from: validFrom,
    value: JSON.stringify(value),
    decided_by: source.zh,
    note: '',
  }))
  const figures = Object.entries(allowances).map(([region, fen]) => ({
    region,
    key: 'hardship.allowanceFenPerMonth',
    valid_from: '2020-01-01',
    value: JSON.stringify(fen),
    decided_by: source,
    note: illustrative,
  }))
  await tx.db
    .insertInto('setting')
    .values([...standards, ...figures])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.on.settings.reload(tx.db)
}
