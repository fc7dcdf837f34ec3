import { maxFilesPerForm } from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Visit } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import type { FieldError } from '#portal/pieces/form.tsx'
import { addDocument, keepFile, refuseTooMany } from '#api/matter/documents.ts'
import { errorsOf } from './flaws.ts'
import { keyOf } from './visiting.ts'

/** Makes documents of all files of a form, each once however often the form is sent; answers their keys, or what is wrong at the form's field, and then none of them is held. */
export async function addUploads(
  tx: Tx,
  matter: Matter,
  visit: Visit,
  { kind, field }: { kind: string; field: string },
): Promise<{ keys: string[] } | { errors: FieldError[] }> {
  const { uploads } = visit
  if (uploads.length > maxFilesPerForm) return { errors: [{ field, message: 'answer.tooMany' }] }
  await refuseTooMany(tx, matter)
  const key = keyOf(visit)
  try {
    // All are kept before one is recorded: a bad one among them leaves nothing of the form behind.
    const files = []
    for (const upload of uploads) files.push({ upload, kept: await keepFile(tx, upload) })
    for (const [i, file] of files.entries()) await addDocument(tx, matter, { kind, key: keyFor(key, i), ...file })
    return { keys: files.map((_, i) => keyFor(key, i)) }
  } catch (error) {
    if (!(error instanceof Refusal) || !errorsOf(error.detail, {}).length) throw error
    return { errors: errorsOf(error.detail, {}).map((one) => ({ ...one, field })) }
  }
}

/** A key for each file of one form, so that the form posted twice keeps each once. */
const keyFor = (key: string, i: number): string => key.slice(0, -2) + i.toString(16).padStart(2, '0')
