import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import { takeAction } from '#api/matter/matters.ts'
import { openObjection } from '#lines/objection/world/objecting.ts'
import { textEffect } from '#records/letters/deliver.ts'
import { handlers, letterKeys } from '#lines/services.ts'
import { filingFrom } from '#lines/legal-aid/filing.ts'
import { markSent } from '#records/letters/send-text.ts'
import { act, open } from '#engine/act.ts'
import type { EffectHandler, EffectJob } from '#engine/jobs.ts'
import { passed } from '#engine/sweep.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { saveAnswers } from '#records/people/answers.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { recordPaper } from '#api/matter/documents.ts'
import type { DemoFiles } from './demo-files.ts'
import { idOf, madeUp } from './demo-ids.ts'
import { demoProvider } from './demo-accounts.ts'
import { actorIn, codeOf, type Scene } from './demo-scene.ts'
import type { Step } from './demo-stories.ts'
import { account, party } from '#kernel/seat.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { its } from '#lines/legal-aid/data.ts'
import type { Said } from '#lines/legal-aid/journey/said.ts'

/** Steps of one person in one matter that follow each other, each at its own moment. */
export type Turn = { scene: Scene; day: string; steps: readonly { at: number; step: Step; when: Date }[] }

/**
 * Plays one turn in one transaction, each step at its moment and with the letters it causes. They are written here and now: the job queue would
 * send them at the hour of the seeding.
 */
export async function playTurn(on: Platform, { scene, steps }: Turn, files: DemoFiles): Promise<void> {
  const [first] = steps
  if (!first) return
  await as(on, actorIn(scene, first.step.by), first.when, async (tx) => {
    for (const { at, step, when } of steps) await playStep({ ...tx, now: when }, scene, idOf(`${scene.key}/${at}`), step, files)
  })
}

async function playStep(tx: Tx, scene: Scene, key: string, step: Step, files: DemoFiles): Promise<void> {
  const caused: EffectJob[] = []
  await (special[step.action] ?? plainStep)({ tx: { ...tx, caused }, scene, step, key, files })
  await carryOut(tx, caused)
}

/** How many steps of each scene were played by a seeding that was cut off: each left one event by its person, on the matter or its objection. */
export async function playedSteps(on: Platform, scenes: readonly Scene[], now: Date): Promise<ReadonlyMap<Scene, number>> {
  const ids = scenes.flatMap((scene) => [scene.id, objectionOf(scene).id])
  const { rows } = await as(on, system, now, (tx) =>
    sql<{
      id: string
      count: number
    }>`select id, count(*) from event where id = any(${ids}::uuid[]) and actor <> 'system' group by id`.execute(tx.db),
  )
  const counts = new Map(rows.map((row) => [row.id, Number(row.count)]))
  return new Map(scenes.map((scene) => [scene, (counts.get(scene.id) ?? 0) + (counts.get(objectionOf(scene).id) ?? 0)]))
}

/** What a played step causes, at its moment; a text has arrived at once, since nobody is behind the made-up numbers. */
const played: Readonly<Record<string, EffectHandler>> = {
  ...handlers,
  ...Object.fromEntries(letterKeys.map((key): [string, EffectHandler] => [textEffect(key), (tx, job) => markSent(tx, key, job)])),
}

async function carryOut(tx: Tx, caused: readonly EffectJob[]): Promise<void> {
  const further: EffectJob[] = []
  for (const job of caused) await played[job.effect]?.({ ...tx, actor: system, caused: further }, job)
  if (further.length) await carryOut(tx, further)
}

type Played = { tx: Tx; scene: Scene; step: Step; key: string; files: DemoFiles }

const plainStep = async ({ tx, scene, step }: Played): Promise<void> => void (await act(tx, scene, step.action, step.input?.(scene) ?? {}))

const special: Readonly<Record<string, (played: Played) => Promise<void>>> = {
  open: openApplication,
  openNotice,
  submit,
  attach,
  noteConflicts,
  assess: async ({ tx, scene, key }) => {
    const assessed = await takeAction(tx, scene, 'assess', { key, input: {} })
    scene.proposal = its(assessed.data).assessment?.proposal ?? ''
  },
  object: async ({ tx, scene }) =>
    void (await openObjection(tx, objectionOf(scene), {
      code: codeOf(`${scene.key}/objection`),
      parent: scene.id,
      grounds: '决定里算的收入不对，我家这一年的实际情况没有算进去，请重新看一看。',
    })),
  order: decideObjection,
  uphold: decideObjection,
}

export const objectionOf = ({ region, key }: Scene): MatterId => ({ region, id: idOf(`${key}/objection`) })

async function decideObjection({ tx, scene, step }: Played): Promise<void> {
  await act(tx, objectionOf(scene), step.action, step.input?.(scene) ?? {})
}

async function openApplication({ tx, scene }: Played): Promise<void> {
  await open(tx, 'legal-aid', scene, { code: scene.code, seats: { applicant: [account(scene.applicant.id)] }, parent: null, data: {} })
  const said = Object.entries(scene.answers)
  await saveAnswers(tx, scene, Object.fromEntries(scene.tale === 'draft' ? said.slice(0, 5) : said), 'web')
}

/** Filing names the people of the matter and draws its decisions from the answers, as the portal does. */
async function submit({ tx, scene }: Played): Promise<void> {
  const said: Said = scene.answers
  const recipient = await addPerson(tx, scene.region, {
    kind: 'natural',
    ...scene.person,
    address: `${said.place?.living}，演示地址`,
  })
  const matter = (await matterOf(tx, scene))! // opened by an earlier step
  await addParty(tx, matter, recipient, 'recipient')
  const opponent = said.opponent?.name
  if (opponent)
    await addParty(
      tx,
      matter,
      await addPerson(tx, scene.region, { kind: /公司|厂|办事处/.test(opponent) ? 'organisation' : 'natural', name: opponent }),
      'opponent',
    )
  await act(tx, scene, 'submit', filingFrom(scene.answers, { recipient, channel: 'web', today: scene.openedOn }))
}

/** An organ's notice is entered by the window; the organ, which has no account, stands as the one who asked. */
async function openNotice({ tx, scene }: Played): Promise<void> {
  const organ = await addPerson(tx, scene.region, { kind: 'organisation', name: String(scene.notice?.organ ?? '演示办案机关') })
  const matter = await open(tx, 'criminal-notice', scene, {
    code: scene.code,
    seats: { organ: [party(organ)] },
    parent: null,
    data: scene.notice ?? {},
  })
  await addParty(tx, matter, organ, 'organ')
  await addParty(tx, matter, await addPerson(tx, scene.region, { kind: 'natural', ...scene.person }), 'recipient')
}

const fileNames: Readonly<Record<string, string>> = {
  identity: '身份证',
  evidence: '材料照片',
  status: '工牌照片',
  agreement: '委托协议',
  report: '结案报告',
  judgment: '调解书',
  notice: '法律援助通知书',
}
const papers = new Set(['agreement', 'report', 'judgment', 'notice'])

async function attach({ tx, scene, step, key, files }: Played): Promise<void> {
  const kind = String(step.input?.(scene)['kind'])
  const file = papers.has(kind) ? files.paper : files.picture
  const document = idOf(`${key}/document`)
  await act(tx, scene, 'attach', { kind, document, hash: file.hash })
  const name = `${madeUp(fileNames[kind] ?? kind)}.${papers.has(kind) ? 'pdf' : 'png'}`
  await recordPaper(tx, scene, { id: document, kind, file: { ...file, name } })
}

/** What the office knows of two lawyers in a road accident: one advised the insurer, the other is kin of the driver (AC-10). */
async function noteConflicts({ tx, scene, key }: Played): Promise<void> {
  const rows = (['C1', 'C2'] as const).map((code, at) => ({
    region: scene.region,
    id: idOf(`${key}/${code}`),
    matter: scene.id,
    practitioner: demoProvider(scene.region, at).practitioner,
    code,
    noted_by: tx.actor.id,
    at: tx.now,
  }))
  await tx.db
    .insertInto('conflict_fact')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

type Passed = MatterId & { limit: string; party: string; startedBy: number; line: string; edition: string }

/** Marks every limit of the demo that had passed by a moment, as the sweeper would have on that day. The sweeper itself holds a lease in real time, which a tale of the past must not take. */
export async function passLimits(on: Platform, ids: readonly string[], when: Date): Promise<void> {
  const late = await as(on, system, when, async (tx) => {
    const { rows } =
      await sql<Passed>`select c.region, c.id, c."limit", c.party, c.started_by as "startedBy", m.line, m.edition from clock c join matter m on m.region = c.region and m.id = c.id
      where c.due_at <= ${when} and c.stopped_at is null and c.breached_at is null and c.id = any(${[...ids]}::uuid[]) order by c.due_at`.execute(
        tx.db,
      )
    return rows
  })
  for (const clock of late) await as(on, system, when, (tx) => passLimit(tx, clock))
}

async function passLimit(tx: Tx, { region, id, limit, party, startedBy, line, edition }: Passed): Promise<void> {
  const action = lineOf(tx.on, line, edition).limits[limit]?.onBreach
  const marked = await tx.db
    .updateTable('clock')
    .set({ breached_at: tx.now })
    .where('region', '=', region)
    .where('id', '=', id)
    .where('limit', '=', limit)
    .where('started_by', '=', startedBy)
    .where('party', '=', party)
    .where('breached_at', 'is', null)
    .returning('id')
    .execute()
  if (!marked.length || !action) return
  const caused: EffectJob[] = []
  await act({ ...tx, caused }, { region, id }, action, passed({ limit, party }))
  await carryOut(tx, caused)
}
