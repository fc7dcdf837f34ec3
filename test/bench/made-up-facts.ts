import type { Facts } from '#lines/legal-aid/means/facts.ts'

const matters = ['M31-1', 'M31-2', 'M31-3', 'M31-4', 'M31-5', 'M31-5', 'M31-5', 'M31-7', 'M31-8', 'M33'] as const
const exemptions = ['X42-1', 'X42-2', 'X42-3'] as const
const methods = ['undertaking', 'undertaking', 'undertaking', 'dataQuery'] as const

/**
 * The nth of as many different facts as are wanted, shaped as `factsFrom` shapes them: one in eight freed from the means test, one in four with an
 * exemption, households of one to five, incomes to the fen up to 6,000 yuan.
 */
export function madeUpFacts(n: number): Facts {
  const draw = drawing(n)
  const one = <T>(list: readonly T[]): T => list[draw(list.length)]! // a number below its length
  const code = one(matters)
  const members = Array.from({ length: draw(5) }, () => ({ incomeFenPerMonth: draw(400_000), isOpponent: false }))
  return {
    route: 'application',
    person: {
      kind: 'citizen',
      isInCustody: false,
      lacksCapacity: false,
      birthDate: `${1950 + draw(55)}-${two(draw(12) + 1)}-${two(draw(28) + 1)}`,
    },
    filedBy: { relation: 'self' },
    matter: { code, hasCounsel: false, ...(code === 'M31-5' && { claim: 'pay' }), ...(code === 'M33' && { retrialOrdered: true }) },
    noMeansTest: { situation: draw(8) === 0 ? 'N32-4' : 'none' },
    exemption: { statuses: draw(4) === 0 ? [{ code: one(exemptions), hasProof: true }] : [] },
    applicantOwnIncomeFenPerMonth: draw(600_000),
    opponentLivesTogether: false,
    household: { members },
    verification: { method: one(methods), done: true },
    deadlines: { receivedOn: `2026-${two(draw(12) + 1)}-${two(draw(28) + 1)}` },
    preservationNeeded: draw(20) === 0,
    hardshipStandard: { basis: 'minimumLivingAllowanceMultiple', multiple: 3, inclusive: true, area: 'applicantResidence' },
    allowanceFenPerMonth: 65_000 + draw(4) * 5000,
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Numbers below a bound, the same for the same seed: a linear congruence, its upper bits taken. */
function drawing(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
