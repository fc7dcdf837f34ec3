import type { z } from 'zod'
import type { Matter } from '#kernel/matter.ts'
import { say, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { reachableIn, type Reachable } from '#records/links/sending.ts'
import { standingWords } from '#records/links/ways.ts'
import type { MatterView } from './matter-schema.ts'

type View = z.input<typeof MatterView>['links']

/** Those a link can be sent to, as the desk is shown them: by what they are called, how it can go, and how the last one stands. */
export async function linksFor(tx: Tx, matter: Matter, holders: ReadonlyMap<string, string>, language: Language): Promise<View> {
  const reachable = await reachableIn(tx, matter)
  return reachable.map((one) => ({
    holder: one.holder,
    called: holders.get(one.holder) ?? one.holder,
    ways: one.ways.map(({ way, proofs }) => ({
      key: way,
      title: say(language, `link.way.${way}`),
      proofs: proofs.map((key) => ({ key, title: say(language, `link.by.${key}`) })),
    })),
    last: one.last && sentView(one.last, language),
  }))
}

const sentView = ({ id, standing, way, at, until, openedAt, isAskedAgain }: NonNullable<Reachable['last']>, language: Language) => ({
  id,
  standing,
  title: say(language, standingWords[standing]),
  way: say(language, `link.way.${way}`),
  at: at.toISOString(),
  until: until.toISOString(),
  openedAt: openedAt?.toISOString() ?? null,
  isAskedAgain,
})
