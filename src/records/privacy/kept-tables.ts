import { unseal, type Keyring } from '#platform/keys/crypto.ts'
import type { KeptTable } from '#platform/keys/kept.ts'
import { nameOfPaper } from './paper-names.ts'

type Assessment = {
  region: string
  id: string
  facts: string
  result: string
  proposal: string
  made_by: string
  at: Date
  salt: string | null
}

const openedIn = (ring: Keyring, { region, id: row, ...its }: Assessment, column: 'facts' | 'result'): string =>
  unseal(ring, its[column], { table: 'assessment', column, row, region })

/** What was computed, from which facts, and what it proposed. */
export const keptAssessment: KeptTable<Assessment> = {
  table: 'assessment',
  columns: ['region', 'id', 'matter', 'facts', 'result', 'proposal', 'made_by', 'at', 'salt'],
  name: ({ id }) => id,
  holds: (ring, row) => ({
    facts: openedIn(ring, row, 'facts'),
    result: openedIn(ring, row, 'result'),
    proposal: row.proposal,
    by: row.made_by,
    at: row.at,
  }),
}

type Paper = {
  region: string
  id: string
  kind: string
  name: string
  mime: string
  bytes: number
  hash: string
  added_by: string
  at: Date
  salt: string | null
}

/** A paper's name, and by its hash all it holds. */
export const keptPaper: KeptTable<Paper> = {
  table: 'document',
  columns: ['region', 'id', 'matter', 'kind', 'name', 'mime', 'bytes', 'hash', 'added_by', 'at', 'erased_at', 'salt'],
  name: ({ id }) => id,
  holds: (ring, row) => ({
    name: nameOfPaper(ring, row),
    kind: row.kind,
    mime: row.mime,
    bytes: row.bytes,
    hash: row.hash,
    by: row.added_by,
    at: row.at,
  }),
}
