import { z } from 'zod'
import { holdsAround } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { say } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { changesOf, type EntryAt } from '#records/register/register.ts'
import { namesOf } from '#records/people/names.ts'
import { formInWords, formSchema } from '#api/form-schema.ts'

export const EntryPath = z.object({ region: z.string().regex(/^\d{2,12}$/), id: z.uuid() })

/** A change of an entry: who, when, on what ground, and each field before and after. */
export const Change = z
  .object({
    version: z.int(),
    at: z.string(),
    by: z.string(),
    basis: z.string(),
    rows: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
  })
  .meta({ id: 'RegisterChange' })

/** The form to change an entry with; null for whoever may not. */
export const Edit = z.object({ schema: z.record(z.string(), z.unknown()), values: z.record(z.string(), z.unknown()) }).nullable()

/** Directors and managers keep the register of their region. */
export const mayEdit = ({ actor }: Tx, { region }: EntryAt): boolean => holdsAround(actor, region, 'director', 'manager')

/** The form with an entry's present values, where the actor may change it. */
export const editOf = (tx: Tx, at: EntryAt, form: z.ZodObject, row: Record<string, unknown>): z.input<typeof Edit> =>
  mayEdit(tx, at) ? { schema: formSchema(form, 'zh'), values: filled(form, row) } : null

const filled = (form: z.ZodObject, row: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(form.shape).flatMap((name) => (row[name] === null || row[name] === undefined ? [] : [[name, row[name]]])))

/** An entry's history in words, latest first. */
export async function historyOf(tx: Tx, at: EntryAt, form: z.ZodObject): Promise<z.input<typeof Change>[]> {
  const changes = await changesOf(tx, at)
  const names = await namesOf(
    tx,
    changes.map(({ actor }) => actor),
  )
  const words = (input: Record<string, unknown>) =>
    new Map(formInWords(form.shape, withoutNull(input), 'zh').map(({ label, value }) => [label, value || say('zh', 'register.empty')]))
  return changes.map(({ at: when, actor, detail }) => {
    const [before, after] = [words(detail.before), words(detail.after)]
    const [basis] = formInWords(form.shape, { basis: detail.basis }, 'zh')
    return {
      version: detail.version,
      at: when.toISOString(),
      by: names.get(actor) ?? say('zh', 'by.system'),
      basis: basis?.value ?? '',
      rows: [...new Set([...before.keys(), ...after.keys()])].map((label) => ({
        label,
        before: before.get(label) ?? say('zh', 'register.empty'),
        after: after.get(label) ?? say('zh', 'register.empty'),
      })),
    }
  })
}

const withoutNull = (input: Record<string, unknown>) => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null))

/** An entry, or the same answer as for none. */
export const found = <T>(row: T | undefined): T => row ?? refuse('not_found')
