import { takeAction } from '#api/matter/matters.ts'
import { consultation } from '#lines/consultation/world/service.ts'
import type { Platform } from '#platform/platform.ts'
import { as } from '#platform/tx.ts'
import { demoActor } from './demo-accounts.ts'
import { idOf, madeUp } from './demo-ids.ts'

type Step = { after: number; action: string; input: Record<string, unknown> }
/** What somebody asked: where, how many hours before now, who took it in, and what came of it, each step so many hours later. */
type DemoQuestion = { region: string; ago: number; by: string; asked: Record<string, unknown>; steps?: readonly Step[] }

const said = (question: string) => ({ asker: 'citizen', question: madeUp(question) })

/** A few questions of each way and end, all made up. */
const questions: readonly DemoQuestion[] = [
  {
    region: '630102',
    ago: 2,
    by: 'qinghai.hotline',
    asked: { channel: 'hotline', kind: 'land', ...said('房东说要卖房，让我月底前搬走，租约还有半年，押金怎么办？') },
  },
  {
    region: '630102',
    ago: 0.5,
    by: 'chengdong.intake',
    asked: { channel: 'window', kind: 'violence', isUrgent: true, ...said('丈夫喝了酒就动手，我和孩子今晚不敢回家，能怎么办？') },
  },
  {
    region: '630102',
    ago: 30,
    by: 'chengdong.intake',
    asked: {
      channel: 'window',
      kind: 'wages',
      name: madeUp('李满仓'),
      ...said('干了三个月，老板只给了一个月工钱，没签合同，能要回来吗？'),
      mayQualify: true,
      reply: '没有签合同也可以要。请留好考勤、转账和工友的话，先到劳动监察投诉，也可以申请劳动仲裁，仲裁不收费。',
    },
  },
  {
    region: '630121',
    ago: 20,
    by: 'qinghai.hotline',
    asked: { channel: 'hotline', kind: 'debt', ...said('借给亲戚两万块，没有写借条，过了两年还能要吗？') },
    steps: [
      {
        after: 1,
        action: 'refer',
        input: { to: 'mediation', body: madeUp('大通县人民调解委员会'), phone: '0971-8230000' },
      },
    ],
  },
  {
    region: '632621',
    ago: 26,
    by: 'maqin.intake',
    asked: {
      channel: 'letter',
      kind: 'land',
      name: madeUp('才旦'),
      ...said('草场的边界和邻居说法不一样，承包证上的图看不清，找谁重新量？'),
    },
  },
  {
    region: '210102',
    ago: 5,
    by: 'heping.intake',
    asked: {
      channel: 'window',
      kind: 'consumer',
      ...said('网上买的电动车一个月就坏了，商家不退，怎么办？'),
      reply: '收到货七天内可以无理由退货；过了七天但有质量问题的，可以要求修理、更换或者退货，也可以打 12315 投诉。',
    },
  },
]

/** Asks them, each at its moment and by whoever took it in. Again changes nothing. */
export async function askDemoQuestions(on: Platform, now: Date): Promise<void> {
  for (const [n, { region, ago, by, asked, steps = [] }] of questions.entries()) {
    const [id, when] = [idOf(`question/${n}`), new Date(now.getTime() - ago * 3_600_000)]
    const who = demoActor(by)
    await as(on, who, when, (tx) => consultation.opening!.open(tx, { region, id }, asked)) // it declares one
    for (const { after, action, input } of steps)
      await as(on, who, new Date(when.getTime() + after * 3_600_000), (tx) =>
        takeAction(tx, { region, id }, action, { key: idOf(`question/${n}/${action}`), input }),
      )
  }
}
