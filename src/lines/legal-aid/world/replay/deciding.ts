import type { Facts } from '../../means/facts.ts'
import { redecide, type Compared } from '../../means/replay.ts'
import { settingsFrom } from '../../settings.ts'
import { countIn, emptyTally, type Tally } from '../../means/tally.ts'
import { seal, SealBroken, unseal, type DataKeys, type Place } from '#platform/keys/crypto.ts'
import { rowInForce, type SettingRow } from '#platform/settings.ts'

/** A replay as its workers need it: the draft, every dated value, and the keys the facts are sealed under. */
export type ReplayTask = {
  replay: string
  draft: { region: string; key: string; value: unknown }
  rows: readonly SettingRow[]
  ring: DataKeys
}

/** An assessment whose proposal a draft would turn; `turned` is sealed, since a margin tells an income. */
export type Flip = { region: string; assessment: string; matter: string; from: string; to: string; turned: string }

/** What came of one slice. */
export type Decided = { tally: Tally; flips: Flip[] }

/** Where the step that turned an assessment is sealed. */
export const turnedPlace = (replay: string, { region, assessment }: Pick<Flip, 'region' | 'assessment'>): Place => ({
  table: 'replay_flip',
  column: 'turned',
  row: `${replay}/${assessment}`,
  region,
})

/** Decides slices of one replay. A slice is lines of `region assessment matter day facts`, the facts sealed. */
export function sliceDecider(task: ReplayTask): (lines: string) => Decided {
  const compared = comparing(task)
  return (lines) => {
    const decided: Decided = { tally: emptyTally(), flips: [] }
    if (lines) for (const line of lines.split('\n')) decideLine(task, compared, line, decided)
    return decided
  }
}

type Comparing = (region: string, day: string) => Compared | null

function decideLine({ ring, replay }: ReplayTask, compared: Comparing, line: string, { tally, flips }: Decided): void {
  const [region = '', assessment = '', matter = '', day = '', sealed = ''] = line.split(' ')
  const facts = openFacts(ring, sealed, { table: 'assessment', column: 'facts', row: assessment, region })
  if (!facts) return void tally.unread++
  const against = compared(region, day)
  const result = against && redecide(facts, against)
  countIn(tally, facts, region, result)
  if (!result?.turned) return
  const turned = seal(ring, JSON.stringify(result.turned), turnedPlace(replay, { region, assessment }))
  flips.push({ region, assessment, matter, from: result.from, to: result.to, turned })
}

/** One that was tampered with, or whose key is gone, must not keep the others from being counted; it is counted as unread. */
function openFacts(ring: ReplayTask['ring'], sealed: string, place: Place): Facts | null {
  try {
    return JSON.parse(unseal(ring, sealed, place)) as Facts // sealed by `prepareAssessment`, which had checked it
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}

/** The settings of a place and day without and with the draft, as if it had always been in force; null where a nearer value outranks it. Read once for each time between two dated values. */
function comparing({ draft, rows }: ReplayTask): Comparing {
  const drafted: SettingRow = { ...draft, validFrom: '' }
  const others = rows.filter((row) => row.key !== draft.key || row.region !== draft.region)
  const starts = ['', ...rows.map(({ validFrom }) => validFrom)].toSorted()
  const known = new Map<string, Compared | null>()
  return (region, day) => {
    const since = starts.findLast((start) => start <= day) ?? ''
    const id = `${region} ${since}`
    let found = known.get(id)
    if (found === undefined) known.set(id, (found = compare({ region, day: since }, rows, [...others, drafted], drafted)))
    return found
  }
}

type There = { region: string; day: string }

function compare(
  { region, day }: There,
  rows: readonly SettingRow[],
  withDraft: readonly SettingRow[],
  drafted: SettingRow,
): Compared | null {
  if (rowInForce(withDraft, drafted.key, region, day) !== drafted) return null
  const under = (these: readonly SettingRow[]) => settingsFrom((key) => rowInForce(these, key, region, day)?.value)
  return { before: under(rows), after: under(withDraft), draft: drafted }
}
