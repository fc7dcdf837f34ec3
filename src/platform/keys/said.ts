import { sql } from 'kysely'
import { hot } from '#platform/database/hot.ts'
import type { Tx } from '#platform/tx.ts'
import { marksIn, openWords, spelt, type Words } from './words.ts'

/** Where words were written: in an event of a matter, or in an entry of the audit of this kind. */
export type Written = { region: string; matter: string | null; seq: number | null; kind: string; actor: string }

const put = hot()`/*said.put*/ insert into said_text (region, mark, matter, seq, kind, text, salt, actor, at)
  select ${'region'}::text, x.mark, ${'matter'}::uuid, ${'seq'}::int, ${'kind'}::text, x.text, x.salt, ${'actor'}::text, ${'at'}::timestamptz
  from jsonb_to_recordset(${'words'}::jsonb) as x(mark text, text text, salt text)`

/** Writes down what was said beside where its marks stand. Nobody waits for its answer: it leaves with what follows. */
export function putWords(tx: Tx, where: Written, words: readonly Words[]): void {
  if (words.length) void put(tx, { ...where, at: tx.now, words: JSON.stringify(words) })
}

type Row = { region: string; mark: string; text: string | null }

const ofMatter = hot<Row>()`/*said*/ select s.region, s.mark, s.text from said_text s
  where s.region = ${'region'} and s.matter = ${'id'} and s.kind = 'event'`

/** What was written in the steps of a matter and is still kept, by its mark. */
export async function wordsIn(tx: Tx, { region, id }: { region: string; id: string }): Promise<ReadonlyMap<string, unknown>> {
  return opened(tx, await ofMatter(tx, { region, id }))
}

/** Entries of the audit with what was written in them, as far as the reader may know it; `gone` stands for what was erased. */
export async function speltEntries<T extends { region: string | null }>(tx: Tx, entries: readonly T[], gone: string): Promise<T[]> {
  const marks = entries.flatMap(marksIn)
  if (!marks.length) return [...entries]
  const regions = [...new Set(entries.map(({ region }) => region ?? ''))]
  const { rows } = await sql<Row>`/*said.marks*/ select s.region, s.mark, s.text from said_text s
    where s.region = any(${regions}::text[]) and s.mark = any(${marks}::text[])`.execute(tx.db)
  const words = opened(tx, rows)
  return entries.map((entry) => spelt(entry, words, gone))
}

const opened = (tx: Tx, rows: readonly Row[]): ReadonlyMap<string, unknown> =>
  new Map(
    rows.flatMap(({ region, mark, text }) => (text === null ? [] : [[mark, openWords(tx.on.keyring, region, { mark, text })] as const])),
  )

/** Erases what was written in the steps of a matter and in what the audit says of it; the marks stay where they stand. Runs as the system. */
export const eraseWords = async (tx: Tx, { region, id }: { region: string; id: string }): Promise<void> =>
  void (await sql`update said_text set text = null, salt = null, erased_at = ${tx.now}
    where region = ${region} and matter = ${id} and erased_at is null`.execute(tx.db))
