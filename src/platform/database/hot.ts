import { CompiledQuery } from 'kysely'
import type { Tx } from '#platform/tx.ts'

/** A piece of a hot statement that is the same every time: a list of columns. */
export type Fragment = { readonly text: string }

/**
 * A statement on a hot path. Its holes are the names of its parameters; the text is made once, when the module loads, and begins with a
 * comment, by which PostgreSQL keeps it prepared on every connection. It is sent as `Send` says: whoever has no use for its rows need not wait for them.
 */
export const hot =
  <Row>() =>
  <const Names extends string>(texts: TemplateStringsArray, ...holes: readonly (Names | Fragment)[]) => {
    const names = [...new Set(holes.filter((hole) => typeof hole === 'string'))]
    const filled = holes.map((hole) => (typeof hole === 'string' ? `$${names.indexOf(hole) + 1}` : hole.text))
    const text = String.raw({ raw: texts }, ...filled)
    return (tx: Pick<Tx, 'send'>, values: Readonly<Record<Names, unknown>>): Promise<Row[]> =>
      tx.send<Row>(
        CompiledQuery.raw(
          text,
          names.map((name) => values[name]),
        ),
      )
  }
