import { seal, unseal, type DataKeys, type Place } from '#platform/keys/crypto.ts'

type Paper = { region: string; id: string; name: string }

/** A paper's own name, which often names its person, as the row keeps it: sealed. */
export const sealedName = (ring: DataKeys, paper: Paper): string => seal(ring, paper.name, placeOf(paper))

/** The name of a kept paper; empty for one that was erased. */
export const nameOfPaper = (ring: DataKeys, paper: Paper): string =>
  isPlainName(paper.name) ? paper.name : unseal(ring, paper.name, placeOf(paper))

/** Whether a name was kept by a version that did not seal it, until `fahui reseal`. Every name ends with a dot and what its content calls for; a sealed value has no dot. */
export const isPlainName = (name: string): boolean => name === '' || name.includes('.')

const placeOf = ({ region, id }: Paper): Place => ({ table: 'document', column: 'name', row: id, region })
