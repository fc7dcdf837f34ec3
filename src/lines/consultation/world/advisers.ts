import { citeText } from '#kernel/cite.ts'
import type { Candidate } from '#kernel/panel.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { pick } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { accountsOf, listPractitioners, openCaseCounts, type Practitioner } from '#records/register/practitioners.ts'
import { practitionerTitle } from '#registry/kinds/practitioners.ts'
import type { Panel, Preparer } from '../../service.ts'
import { isGuided, its } from '../data.ts'
import { cite } from '../statutes.ts'

type Able = Practitioner & { account: string }

/** Everybody on the register of the county and its prefecture who can sign in. */
async function advisersNear(tx: Tx, { region }: Pick<Matter, 'region'>): Promise<Able[]> {
  const rows = await listPractitioners(tx, region.slice(0, 4))
  const accounts = await accountsOf(
    tx,
    rows.map(({ id }) => id),
  )
  const able = rows.flatMap((row) => (accounts.has(row.id) ? [{ ...row, account: accounts.get(row.id) ?? '' }] : []))
  return able.toSorted((a, b) => Number(b.region === region) - Number(a.region === region))
}

/** Who may be asked to answer, or to look an answer over; of volunteers, that they advise under guidance (法律援助法 art. 17). */
export const advisersPanel: Panel = {
  key: 'advisers',
  title: { zh: '可以请谁', en: 'Who may be asked' },
  shape: 'candidates',
  serves: ['passOn', 'setGuide'],
  view: async (tx, matter, language) => {
    const able = await advisersNear(tx, matter)
    const counts = await openCaseCounts(
      tx,
      able.map(({ account }) => account),
    )
    return able.map(({ id, account, name, officeName, kind }): Candidate => ({
      practitioner: id,
      account,
      name,
      officeName,
      kindTitle: pick(practitionerTitle(kind), language),
      openCases: counts.get(account) ?? 0,
      specialisms: [],
      ...weighed(matter, kind),
      favours: [],
    }))
  },
}

function weighed({ data }: Matter, kind: string): Pick<Candidate, 'verdict' | 'reasons'> {
  if (!isGuided(kind)) return { verdict: 'assignable', reasons: [] }
  const isBarred = its(data).isPrivate === true
  const text = isBarred ? '可能有人身危险的事，不交给志愿者' : '在指导下解答：答复要有人看过再发出'
  return { verdict: isBarred ? 'block' : 'hold', reasons: [{ code: 'guided', text, article: citeText(cite('法律援助法', 17)) }] }
}

/** Makes of the one chosen whoever it is: their account, kind and licence. */
export const prepareChosen: Preparer<{ practitioner: string }> = async (tx, matter, { practitioner }) => {
  const chosen = (await advisersNear(tx, matter)).find(({ id }) => id === practitioner) ?? refuse('not_found')
  const { account: provider, kind, licence } = chosen
  return { practitioner, provider, kind, ...(licence && { licence }) }
}
