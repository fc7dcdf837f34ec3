import { citeText } from '#kernel/cite.ts'
import type { Count, Grouping, Tally } from '../../means/tally.ts'
import { regionNames } from '#records/register/regions.ts'
import type { Replaying } from '../../../service.ts'
import { perHead, seenWord, stepTitles } from '../step-titles.ts'
import { proposalWords } from '../../means/reading-words.ts'
import { listFlips } from './flips.ts'
import { has, rowsIn } from '#kernel/keyed.ts'

const proposal = (key: string): string => (has(proposalWords, key) ? proposalWords[key].zh : key)

/** A change of proposal in words: 建议给予援助 → 建议不予援助. */
const change = (from: string, to: string): string => `${proposal(from)} → ${proposal(to)}`

const groupTitles: Record<Grouping, string> = {
  county: '按县区',
  matter: '按申请事项',
  exemption: '按免予核查的身份',
  household: '按共同生活人数',
}

const otherWords: Readonly<Record<string, string>> = { unknown: '没有填', none: '没有这类身份', '6+': '六人以上' }
const sizeWords: Readonly<Record<string, string>> = { 1: '一人', 2: '二人', 3: '三人', 4: '四人', 5: '五人' }

/** What a replay found, by group: the groups with most changes first. */
export const viewReport: Replaying['report'] = async (tx, kept) => {
  const tally = kept as Tally | null // written by `finish`
  const groups = tally ? rowsIn<Grouping, Record<string, Count>>(tally.groups) : []
  const names = await regionNames(tx, Object.keys(tally?.groups.county ?? {}))
  const directions = tally ? directionsOf(tally) : []
  const name = (grouping: Grouping, group: string) =>
    grouping === 'county' ? (names.get(group) ?? group) : (otherWords[group] ?? sizeWords[group] ?? seenWord(group)?.zh ?? '—')
  return {
    unread: tally?.unread ?? 0,
    directions: directions.map((direction) => ({ ...direction, words: change(direction.from, direction.to) })),
    groups: groups.map(([key, counts]) => ({
      key,
      title: groupTitles[key],
      rows: Object.entries(counts)
        .map(([group, { all, turned }]) => ({
          group,
          name: name(key, group),
          all,
          turned: directions.map(({ from, to }) => turned[`${from}>${to}`] ?? 0),
        }))
        .toSorted((a, b) => sum(b.turned) - sum(a.turned) || b.all - a.all),
    })),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** The ways proposals turned, the commonest first. */
function directionsOf({ groups }: Tally): { from: string; to: string }[] {
  const counts = new Map<string, number>()
  for (const { turned } of Object.values(groups.county))
    for (const [way, times] of Object.entries(turned)) counts.set(way, (counts.get(way) ?? 0) + times)
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([way]) => ({ from: way.split('>')[0] ?? '', to: way.split('>')[1] ?? '' }))
}

/** A page of flips in words. */
export const viewFlips: Replaying['flips'] = async (tx, replay, asked) => {
  const { rows, next } = await listFlips(tx, replay, asked)
  const names = await regionNames(
    tx,
    rows.map(({ region }) => region),
  )
  return {
    next,
    rows: rows.map(({ region, matter, assessment, number, from, to, turned }) => ({
      region,
      regionName: names.get(region) ?? region,
      matter,
      assessment,
      number,
      words: change(from, to),
      step: turned ? stepTitles[turned.step].zh : '—',
      explain: turned?.explain.zh ?? '这一件的依据读不出来',
      article: turned ? citeText(turned.article) : '',
      margin: turned?.marginFen === undefined ? null : perHead(turned.marginFen, 'zh'),
    })),
  }
}
