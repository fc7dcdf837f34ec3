import { queryOptions } from '@tanstack/react-query'
import { client, got, ofMatter } from '../../api.ts'
import type { AskingForm, At, Matter, ToldFacts } from '../../contract.ts'

/** What is still to be asked of those without an account, a form for each. */
export const askingQuery = (at: At) =>
  queryOptions({
    queryKey: ['asking', at.region, at.id],
    queryFn: ({ signal }) =>
      got(client.GET('/api/matters/{region}/{id}/asking', { ...ofMatter(at), signal })) as Promise<{ rows: AskingForm[] }>, // the wire leaves the forms open
    staleTime: 0,
  })

/** Writes down what somebody answers by word; resolves to the matter with it. */
export const tellFact = (at: At, body: ToldFacts) =>
  got(client.POST('/api/matters/{region}/{id}/facts', { ...ofMatter(at), body })) as Promise<Matter> // likewise

const ofPerson = ({ region, id }: At, person: string) => ({ params: { path: { region, id, person } } })

/** Sends six digits to the telephone of somebody without an account, for them to read back. */
export const askPhoneProof = (at: At, person: string) =>
  got(client.POST('/api/matters/{region}/{id}/people/{person}/phone-code', { ...ofPerson(at, person), body: {} }))

/** Notes that they were read back; resolves to whether they were right. */
export const provePhone = (at: At, person: string, code: string) =>
  got(client.POST('/api/matters/{region}/{id}/people/{person}/phone-proof', { ...ofPerson(at, person), body: { code } }))
