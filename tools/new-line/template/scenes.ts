import { v7 } from 'uuid'
import { saveAnswer } from '#records/people/answers.ts'
import { actionsOn, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { planted } from '#test/planted.ts'
import { nothing, overdue, paper, why } from '#test/right-inputs.ts'
import { acts, citizens, officers, only } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { cast, type World } from '#test/world.ts'

/** Li’s, with every question answered and not yet sent. */
async function plant(w: World) {
  const draft = await w.open(cast.li, 'sample-line')
  const told = { notice: { read: ['yes'] }, story: { story: planted.story }, person: { name: planted.name, idNumber: planted.idNumber } }
  await w.run(cast.li, async (tx) => {
    for (const [question, value] of Object.entries(told)) await saveAnswer(tx, draft, question, value, 'web')
  })
  return draft
}

const asked: Subject = {
  name: 'sample-line',
  seen: ['owner', ...officers],
  standing: { state: 'received', number: '演示样1号', filed_at: new Date('2026-03-30T09:00:00+08:00') },
  plant,
}
const action = actionsOn(asked)

/** What tests know of the line. */
export const scenes: LineScenes = {
  inputs: {
    attach: paper(['evidence']),
    submit: () => ({ recipient: v7(), channel: 'web' }),
    answer: () => ({ reply: why }),
    withdraw: nothing,
    overdue: overdue('answer'),
    recount: () => ({ limits: ['answer'] }),
  },
  subjects: [asked],
  start: (w) => w.open(cast.li, 'sample-line'),
  open: under(only(...citizens), { asks: {} }),
  access: {
    attach: action('received', ['owner', 'clerk', 'reviewer'], { kind: 'evidence' }, { ownRoute: true }),
    submit: action('draft', ['owner'], {}, { standing: { number: null, filed_at: null }, expected: acts(['owner'], ['owner']) }),
    answer: action('received', ['reviewer', 'director'], { reply: why }),
    withdraw: action('received', ['owner']),
    recount: action('received', [], { limits: ['answer'] }),
    overdue: action('received', [], { limit: 'answer' }),
  },
}
