import { sql } from 'kysely'
import type { Event } from '#kernel/matter.ts'
import { SealBroken } from '#platform/keys/crypto.ts'
import { isOfMark, marksIn, type Words } from '#platform/keys/words.ts'
import type { Platform } from '#platform/platform.ts'
import { as, inOneView, system, type Tx } from '#platform/tx.ts'

/** What somebody wrote, as it is kept, and where it stands. */
export type WordRow = { mark: string; text: string | null; salt: string | null; matter: string | null; seq: number | null; region: string }

/** The columns that make a `WordRow`. Table alias `s`. */
export const wordColumns = sql.raw('s.mark, s.text, s.salt, s.matter, s.seq, s.region')

type Written = { events: readonly Event[]; words: readonly WordRow[]; said: readonly { kind: string }[] }

/** What is wrong with the words that were written in the steps of a matter; null where each stands as its mark says, or was erased with the matter. */
export function flawOfWords(tx: Tx, { events, words, said }: Written): string | null {
  const places = new Map(events.flatMap((event) => marksIn(event.input).map((mark) => [mark, event.seq] as const)))
  if (places.size !== words.length || words.some(({ mark, seq }) => places.get(mark) !== seq))
    return 'the words beside the log are not those of its steps'
  const isErased = said.some(({ kind }) => kind === 'erased')
  for (const row of words) {
    const flaw = isGone(row) ? goneUnless(isErased) : flawOfText(tx, row)
    if (flaw) return flaw
  }
  return null
}

/** The same of what was written in the audit: by entry. */
export async function flawsOfAuditWords(on: Platform, now: Date): Promise<{ region: string; id: string; what: string }[]> {
  const flaws = []
  for (let after: number | null = 0; after !== null;) {
    const page: Page = await inOneView(on, system, now, (tx) => auditWords(tx, after ?? 0))
    flaws.push(...page.flaws)
    after = page.last
  }
  return (await as(on, system, now, hasStrayWords))
    ? [...flaws, { region: '', id: 'audit', what: 'words are kept that no entry of the audit has' }]
    : flaws
}

/** Both counts in one statement: what is written between two would be counted once. */
async function hasStrayWords(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ kept: number; marked: number }>`select
    (select count(*)::int from said_text where kind <> 'event') as kept,
    (select count(*)::int from audit, regexp_matches(detail::text, '"said:[\\w-]{43}"', 'g') where detail::text like '%"said:%') as marked`.execute(
    tx.db,
  )
  return rows[0]?.kept !== rows[0]?.marked
}

type Page = { flaws: { region: string; id: string; what: string }[]; last: number | null }

async function auditWords(tx: Tx, after: number): Promise<Page> {
  const { rows: entries } = await sql<{ no: number; region: string | null; detail: unknown }>`select no, region, detail from audit
    where no > ${after} and detail::text like '%"said:%' order by no limit 500`.execute(tx.db)
  const marked = entries.flatMap(({ no, region, detail }) => marksIn(detail).map((mark) => ({ no, region: region ?? '', mark })))
  const { rows } =
    await sql<WordRow>`select ${wordColumns} from said_text s where s.kind <> 'event' and s.mark = any(${marked.map(({ mark }) => mark)}::text[])`.execute(
      tx.db,
    )
  const found = new Map(rows.map((row) => [`${row.region} ${row.mark}`, row]))
  const flaws = []
  for (const { no, region, mark } of marked) {
    const row = found.get(`${region} ${mark}`)
    const what = row ? await flawOfRow(tx, row) : 'the words of an entry of the audit are missing'
    if (what) flaws.push({ region, id: String(no), what })
  }
  return { flaws, last: entries.at(-1)?.no ?? null }
}

async function flawOfRow(tx: Tx, row: WordRow): Promise<string | null> {
  return isGone(row) ? goneUnless(await isErased(tx, row.region, row.matter)) : flawOfText(tx, row)
}

const isGone = ({ text, salt }: WordRow): boolean => text === null || salt === null

const goneUnless = (isErased: boolean): string | null => (isErased ? null : 'words are gone, and nobody erased them')

const flawOfText = (tx: Tx, { region, mark, text, salt }: WordRow): string | null =>
  isAsWritten(tx, region, { mark, text: text ?? '', salt: salt ?? '' }) ? null : 'words are not those that were written'

function isAsWritten(tx: Tx, region: string, words: Words): boolean {
  try {
    return isOfMark(tx.on.keyring, region, words)
  } catch (error) {
    if (error instanceof SealBroken) return false
    throw error
  }
}

/** Whether the audit says that what was said in a matter was erased. */
export async function isErased(tx: Tx, region: string, matter: string | null): Promise<boolean> {
  const { rows } = await sql`select from audit where kind = 'erased' and region = ${region} and matter = ${matter} limit 1`.execute(tx.db)
  return rows.length > 0
}
