import { sql } from 'kysely'
import type { z } from 'zod'
import { hasDuty, reachOf } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { citeText } from '#kernel/cite.ts'
import { refuse } from '#kernel/refusal.ts'
import type { Setting } from '#kernel/setting.ts'
import { refusalText } from '#platform/messages/messages.ts'
import { rowInForce } from '#platform/settings.ts'
import type { Tx } from '#platform/tx.ts'
import { isWithin, type Draft } from '#records/settings/draft-rows.ts'
import { namesOf } from '#records/people/names.ts'
import { regionNames } from '#records/register/regions.ts'
import { findReplay, type Progress } from '#records/settings/replays.ts'
import { refusalToPublish } from '#records/settings/setting-drafts.ts'
import type { DraftView, ReplayView, SettingsView, SettingView } from './setting-schema.ts'
import { sayValue, settingOf, settingsByKey, valueSchema } from './setting-words.ts'

type Held = {
  region: string
  key: string
  valid_from: string
  value: unknown
  note: string
  decided_by: string
  proposed_by: string | null
}

/** Every setting as it holds in a place, with what held before, what will, and what nearer places have of their own. */
export async function viewSettings(tx: Tx, asked: string | undefined): Promise<z.input<typeof SettingsView>> {
  const region = asked ?? reachOf(tx.actor)
  const rows = await valuesAround(tx, region)
  const names = await regionNames(tx, [region, ...rows.map((row) => row.region)])
  const people = await namesOf(tx, [...rows.map((row) => row.decided_by), ...rows.flatMap((row) => row.proposed_by ?? [])])
  const say: Saying = { region, today: dayOf(tx.now), place: (code) => names.get(code) ?? code, person: (id) => people.get(id) ?? id }
  return {
    region,
    regionName: names.get(region) ?? refuse('not_found', { region }),
    places: await placesOf(tx),
    mayPropose: isWithin(tx, region),
    settings: Object.entries(settingsByKey).map(([key, setting]) =>
      viewSetting(
        key,
        setting,
        rows.filter((row) => row.key === key),
        say,
      ),
    ),
  }
}

type Saying = { region: string; today: string; place(code: string): string; person(id: string): string }

function viewSetting(key: string, setting: Setting, rows: readonly Held[], say: Saying): z.input<typeof SettingView> {
  const { title, group, why, article, uncertain, default: fallback } = setting
  const inForce = rowOf(rows, key, say.region, say.today)
  return {
    key,
    title: title.zh,
    group: group.zh,
    why: why.zh,
    article: citeText(article),
    uncertain: uncertain?.zh ?? null,
    isDecisive: setting.isDecisive ?? false,
    value: inForce ? inForce.value : (fallback ?? null),
    words: sayValue(setting, inForce ? inForce.value : fallback),
    since: inForce?.valid_from ?? null,
    source: inForce ? say.place(inForce.region) : null,
    timeline: rows.map((row) => ({
      region: row.region,
      regionName: say.place(row.region),
      validFrom: row.valid_from,
      words: sayValue(setting, row.value),
      note: row.note,
      proposedBy: row.proposed_by && say.person(row.proposed_by),
      decidedBy: say.person(row.decided_by),
      standing: row.valid_from > say.today ? 'future' : rowOf(rows, key, row.region, say.today) === row ? 'inForce' : 'past',
    })),
    schema: valueSchema(setting),
  }
}

/** The row among those read that holds in a region on a day. */
const rowOf = (rows: readonly Held[], key: string, region: string, day: string): Held | undefined => {
  const found = rowInForce(
    rows.map((row) => ({ ...row, validFrom: row.valid_from })),
    key,
    region,
    day,
  )
  return rows.find((row) => row.region === found?.region && row.valid_from === found.validFrom)
}

/** Values of the places above and below a region, and who proposed what another published. */
async function valuesAround(tx: Tx, region: string): Promise<Held[]> {
  const { rows } = await sql<Held>`select s.region, s.key, s.valid_from, s.value, s.note, s.decided_by, d.proposed_by
    from setting s left join setting_draft d on d.region = s.region and d.key = s.key and d.valid_from = s.valid_from and d.value = s.value and d.published_by = s.decided_by
    where starts_with(${region}, s.region) or starts_with(s.region, ${region})
    order by length(s.region), s.region, s.valid_from limit 2000`.execute(tx.db)
  return rows
}

/** The actor's own region and those below, to the county. */
async function placesOf(tx: Tx): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{
    code: string
  }>`select code from region where starts_with(code, ${reachOf(tx.actor)}) and level <= 3 and valid_to is null
    order by code limit 1000`.execute(tx.db)
  const names = await regionNames(
    tx,
    rows.map(({ code }) => code),
  )
  // Where a province governs its counties itself, the level between has no name of its own.
  const seen = new Set<string>()
  return rows.flatMap(({ code }) => {
    const name = names.get(code) ?? ''
    if (seen.has(name)) return []
    seen.add(name)
    return [{ code, name }]
  })
}

/** A replay as far as it is. */
export const viewReplay = (its: Progress, person: (id: string) => string): z.input<typeof ReplayView> => ({
  id: its.id,
  state: its.cancelledAt ? 'cancelled' : its.finishedAt ? 'finished' : its.total === null ? 'waiting' : 'running',
  askedBy: person(its.askedBy),
  askedAt: its.askedAt.toISOString(),
  finishedAt: its.finishedAt?.toISOString() ?? null,
  total: its.total,
  done: its.done,
  flips: its.flips,
})

/** A replay for the wire, with the name of who asked. */
export async function viewOneReplay(tx: Tx, its: Progress): Promise<z.input<typeof ReplayView>> {
  const people = await namesOf(tx, [its.askedBy])
  return viewReplay(its, (id) => people.get(id) ?? id)
}

/** Drafts in words, and what this actor may do with each; drafts of settings that are no longer declared are left out. */
export async function viewDrafts(tx: Tx, drafts: readonly Draft[]): Promise<z.input<typeof DraftView>[]> {
  const names = await regionNames(
    tx,
    drafts.map(({ region }) => region),
  )
  const people = await namesOf(
    tx,
    drafts.flatMap((draft) => [draft.proposedBy, draft.publishedBy ?? draft.withdrawnBy ?? '']),
  )
  const views: z.input<typeof DraftView>[] = []
  for (const draft of drafts) {
    const setting = settingOf(draft.key)
    if (setting)
      views.push(await viewDraft(tx, draft, setting, { place: (code) => names.get(code) ?? code, person: (id) => people.get(id) ?? id }))
  }
  return views
}

async function viewDraft(
  tx: Tx,
  draft: Draft,
  setting: Setting,
  { place, person }: Pick<Saying, 'place' | 'person'>,
): Promise<z.input<typeof DraftView>> {
  const replay = await findReplay(tx, draft.id)
  const isOpen = !draft.publishedAt && !draft.withdrawnAt
  const isManager = hasDuty(tx.actor, 'manager')
  const asAct = (refusal: Parameters<typeof refusalText>[0]['code'] | null) => ({
    allowed: refusal === null,
    why: refusal && refusalText({ code: refusal }, 'zh', 'desk'),
  })
  return {
    id: draft.id,
    region: draft.region,
    regionName: place(draft.region),
    key: draft.key,
    title: setting.title.zh,
    validFrom: draft.validFrom,
    words: sayValue(setting, draft.value),
    before: sayValue(setting, tx.on.settings.at(draft.key, draft.region, dayOf(tx.now))),
    note: draft.note,
    state: isOpen ? 'open' : draft.publishedAt ? 'published' : 'withdrawn',
    proposedBy: person(draft.proposedBy),
    proposedAt: draft.proposedAt.toISOString(),
    endedBy: isOpen ? null : person(draft.publishedBy ?? draft.withdrawnBy ?? ''),
    endedAt: (draft.publishedAt ?? draft.withdrawnAt)?.toISOString() ?? null,
    isDecisive: setting.isDecisive ?? false,
    publish: asAct(isManager ? await refusalToPublish(tx, draft) : 'not_permitted'),
    withdraw: asAct(!isManager || !isWithin(tx, draft.region) ? 'not_permitted' : isOpen ? null : 'wrong_state'),
    replay: replay ? viewReplay(replay, person) : null,
  }
}
