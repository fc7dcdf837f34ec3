import { z } from 'zod'
import type { Matter } from '#kernel/matter.ts'
import { PanelContent, type ShownPanel } from '#kernel/panel.ts'
import { refuse } from '#kernel/refusal.ts'
import type { Panel } from '#lines/service.ts'
import { serviceOf } from '#lines/services.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { relationsTo } from '#engine/standing.ts'
import { route } from '#platform/http/route.ts'
import { pick, type Language } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { At } from './matter-schema.ts'

type Shape = Panel['shape']

/** For whom the panels of a matter are drawn; `mayRead` is whether they read what people said in it. */
type Reader = { tx: Tx; matter: Matter; language: Language; isStopped: boolean; mayRead: boolean }

/** The panels of a matter that have something to show to this reader, as its service declares them. */
export async function panelsShown(reader: Reader): Promise<ShownPanel[]> {
  const drawn = await Promise.all(panelsOf(reader.matter.line).map((panel) => draw(reader, panel)))
  return drawn.filter((panel) => panel !== null)
}

const panelsOf = (line: string): readonly Panel[] => serviceOf(line)?.panels ?? []

const draw = <S extends Shape>(reader: Reader, panel: Panel<S>): Promise<ShownPanel | null> => drawings[panel.shape](reader, panel)

/** What each shape shows, and to whom: null where there is nothing to show them. */
const drawings: { [S in Shape]: (reader: Reader, panel: Panel<S>) => Promise<ShownPanel | null> } = {
  /** For the desk of those who read what it is computed from. */
  async reading({ tx, matter, language, isStopped, mayRead }, panel) {
    if (tx.actor.kind === 'citizen' || isStopped || !mayRead) return null
    const reading = await panel.view(tx, matter, language)
    return reading && { ...headOf(panel, language), shape: 'reading', reading }
  },
  /** For the office alone, which must send the person to whoever received first. */
  async alike({ tx, matter, language, isStopped }, panel) {
    if (tx.actor.kind !== 'staff' || isStopped) return null
    const others = await panel.view(tx, matter, language)
    return others.length ? { ...headOf(panel, language), shape: 'alike', others } : null
  },
  async candidates({ tx, matter, language }, panel) {
    return mayChoose(tx, matter, panel) ? { ...headOf(panel, language), shape: 'candidates', serves: [...panel.serves] } : null
  },
}

const headOf = ({ key, title, note }: Panel, language: Language) => ({
  key,
  title: pick(title, language),
  note: note ? pick(note, language) : null,
})

/** Candidates are for those by whom one of the actions is taken that choose from them, whenever they may take it. */
function mayChoose(tx: Tx, matter: Matter, { serves }: Panel<'candidates'>): boolean {
  const { actions } = lineOf(tx.on, matter.line, matter.edition)
  const mine = relationsTo(tx, matter)
  return serves.some((key) => actions[key]?.by.some((who) => mine.has(who)))
}

const choosers = (line: string): Panel<'candidates'>[] => panelsOf(line).filter((panel) => panel.shape === 'candidates')

/** The panel that the form of an action chooses from. */
export const panelServing = (line: string, action: string): Panel<'candidates'> | undefined =>
  choosers(line).find(({ serves }) => serves.includes(action))

/** What is weighed afresh each time it is looked at comes by itself, to those who choose from it. */
export const panelRoute = route({
  method: 'GET',
  path: '/api/matters/:region/:id/panels/:key',
  id: 'matter.panel',
  summary: 'What a panel holds that is weighed when it is asked for',
  params: At.extend({ key: z.string().max(40) }),
  returns: PanelContent,
  async handler(tx, { params }) {
    const matter = (await matterOf(tx, params)) ?? refuse('not_found')
    const panel = choosers(matter.line).find(({ key }) => key === params.key) ?? refuse('not_found')
    if (!mayChoose(tx, matter, panel)) refuse('not_found')
    return { shape: 'candidates' as const, candidates: await panel.view(tx, matter, 'zh') }
  },
})
