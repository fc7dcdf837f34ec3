import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import { filledIn, type FormSchema } from './filled.ts'
import { oneOf, said, type Person } from './person.ts'

type Opening = { path: string; schema: FormSchema; counties: { value: string }[] }
type Asking = { holder: string; schema: FormSchema }
type Reachable = { holder: string; ways: { key: string; proofs: { key: string }[] }[] }
type Seen = { region: string; id: string; links: Reachable[]; parties: { person: string; phoneProof: string | null }[]; maySayFor: boolean }

/** Where most of the desks are, so that what one takes in the next one finds. */
const county = '630102'

/** What a form asks of somebody nobody knows yet. */
const anybody = {
  name: '演示·马建国',
  phone: '13900005501',
  idNumber: '11010519491231002X',
  applicants: [{ name: '演示·马建国', phone: '13900005501' }],
}

/** Takes in whatever this desk takes in: a question, a dispute, an agreement on paper. */
export async function takeIn({ me }: { me: Person }): Promise<void> {
  const list = said<{ rows: Opening[] }>(await me.get('/api/openings'))
  if (!list?.rows?.length) return
  const { path, schema, counties } = oneOf(list.rows)
  const id = v7()
  const region = counties.find(({ value }) => value === county)?.value ?? oneOf(counties).value
  const body = { ...(filledIn(schema, anybody, randomInt(10)) as object), region, id } // a form's own shape
  await me.json(path, () => body, [{ kind: 'step', label: id }])
}

/** Writes down what somebody says, sends them a link and takes it back, or a code to their telephone. */
export async function reachOut({ me }: { me: Person }, { region, id, links, parties, maySayFor }: Seen): Promise<void> {
  const path = `/api/matters/${region}/${id}`
  const list = maySayFor ? said<{ rows: Asking[] }>(await me.get(`${path}/asking`)) : null
  const [asking] = list?.rows ?? []
  if (asking) {
    const { properties = {} } = asking.schema.properties?.['said'] ?? {}
    const [question, form] = oneOf(Object.entries(properties))
    const answer = filledIn({ ...form, required: Object.keys(form.properties ?? {}) }, anybody, randomInt(10))
    await me.json(`${path}/facts`, () => ({ channel: 'hotline', holder: asking.holder, said: { [question]: answer } }))
  }
  const [one] = links
  const way = one?.ways[0]
  if (one && way) {
    const link = v7()
    const sent = await me.json(`${path}/links`, () => ({ link, holder: one.holder, way: way.key, proof: way.proofs[0]?.key }))
    if (sent.isDone && randomInt(2)) await me.json(`${path}/links/${link}/withdraw`, () => ({}))
  }
  const party = parties.find(({ phoneProof }) => phoneProof === 'open')
  if (party) await me.json(`${path}/people/${party.person}/phone-code`, () => ({}))
}
