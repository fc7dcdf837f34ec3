import { z } from 'zod'
import { byKey } from '#kernel/keyed.ts'
import type { Setting } from '#kernel/setting.ts'
import type { Text } from '#kernel/text.ts'
import { FloodLimit, floodDoors, floodLimits, usualMark, type FloodDoor } from '#platform/doors/flood-limits.ts'
import { personalInformation } from '#registry/statutes.ts'

const group: Text = { zh: '防止滥发', en: 'Against floods' }

const fields = {
  perAddress: { zh: '同一个地址最多', en: 'By one address at most' },
  perNetwork: { zh: '同一个网络最多', en: 'From one network at most' },
  inTotal: { zh: '全部加起来最多', en: 'By all together at most' },
  minutes: { zh: '在多少分钟里', en: 'Within so many minutes' },
} satisfies Record<keyof FloodLimit, Text>

function said(value: unknown): Text {
  const { perAddress, perNetwork, inTotal, minutes } = FloodLimit.parse(value)
  return {
    zh: `${minutes} 分钟内，同一个地址 ${perAddress} 次，同一个网络 ${perNetwork} 次，全部 ${inTotal} 次`,
    en: `Within ${minutes} minutes ${perAddress} by one address, ${perNetwork} from one network, ${inTotal} in all`,
  }
}

const limitSetting = (door: FloodDoor): Setting => {
  const { title, usual } = floodLimits[door]
  return {
    title: { zh: `防止滥发：${title.zh}`, en: `Against floods: ${title.en}` },
    group,
    schema: FloodLimit,
    default: usual,
    unit: 'standard',
    fields,
    say: said,
    why: { zh: `${title.zh}每段时间最多多少次，法律没有写`, en: `${title.en}: how many in how long; the law sets none` },
    article: personalInformation(51),
  }
}

/** How often each door may be knocked at, as dated settings, and from when on filings of one network are marked at the desk. */
export const floodSettings = {
  ...byKey(floodDoors, limitSetting),
  'floods.mark': {
    title: { zh: '同一网络一小时内递交多少件就作标记', en: 'Filings of one network in an hour that are marked' },
    group,
    schema: z.int().positive().max(100_000),
    default: usualMark,
    unit: 'matters',
    why: {
      zh: '一小时内从同一网络递交了这么多件，就在列表里标出来；只是提醒，不影响受理和期限',
      en: 'So many filings of one network within an hour are marked in the queues; a hint, which changes neither acceptance nor limits',
    },
    article: personalInformation(51),
  },
} as const satisfies Record<string, Setting>
