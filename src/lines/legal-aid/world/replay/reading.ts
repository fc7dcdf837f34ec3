import { hot } from '#platform/database/hot.ts'
import type { Tx } from '#platform/tx.ts'

/** The assessments from one to another in the order of ids, of one region and what lies in it. */
export type Slice = { no: number; first_region: string; first_id: string; last_region: string; last_id: string; within: string }

/** A slice's assessments as `sliceDecider` reads them. One value for all: a row each would keep a thread busy for as long as deciding them. */
export const readSlice = async (tx: Pick<Tx, 'send'>, slice: Slice): Promise<string> => (await read(tx, slice))[0]?.lines ?? ''

const read = hot<{ lines: string | null }>()`/*replay.read*/ select string_agg(
    concat_ws(' ', region, id, matter, (at at time zone 'Asia/Shanghai')::date, facts), e'\n') as lines
  from assessment where id between ${'first_id'}::uuid and ${'last_id'}::uuid and region between rpad(${'within'}, 6, '0') and rpad(${'within'}, 6, '9')
    and (id, region) >= (${'first_id'}::uuid, ${'first_region'}) and (id, region) <= (${'last_id'}::uuid, ${'last_region'})`
