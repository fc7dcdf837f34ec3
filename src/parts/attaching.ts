import { z } from 'zod'
import type { Relation } from '#kernel/actor.ts'
import { choice } from '#kernel/form.ts'
import type { Change, Text } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { byKey, keysIn } from '#kernel/keyed.ts'

/** Who adds papers to a line's file, in which states, and the kinds of paper the line knows. */
type Papers<S extends string, K extends string, R extends string = string> = {
  by: readonly Relation<R>[]
  from: readonly S[]
  documents: Readonly<Record<K, { title: Text }>>
}

/** Adding a paper to the file. The log keeps its kind, id and hash, never what it is called or holds. */
export function attaching<const S extends string, K extends string, const R extends string>({ by, from, documents }: Papers<S, K, R>) {
  const kind = choice({ zh: '材料种类', en: 'Kind of document' }, titlesOf(documents))
  return {
    title: { zh: '添加材料', en: 'Add a document' },
    told: { zh: '材料添加好了。', en: 'A document was added.' },
    shows: ['kind'] as const,
    by,
    from,
    own: 'upload',
    asks: z.object({ kind }),
    form: z.object({ kind, document: z.uuid(), hash: z.string().length(64) }),
    set: ({ kind }: { kind: string }, { documents: held }: Matter): Change => ({ documents: held.includes(kind) ? held : [...held, kind] }),
  }
}

const titlesOf = <K extends string>(documents: Papers<string, K>['documents']) =>
  byKey(keysIn(documents), (kind): Text => documents[kind].title)
