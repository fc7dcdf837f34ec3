import { rowOf } from '#kernel/keyed.ts'
import { Refusal, refuse } from '#kernel/refusal.ts'
import { actionOf } from '#kernel/line.ts'
import { lines, serviceOf } from '#lines/services.ts'
import { lineOf } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { fieldsOf, type FormSchema } from '#portal/pieces/action-form.tsx'
import type { FieldError } from '#portal/pieces/form.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { actionInput, judge, typed } from '#portal/typed.ts'
import { UploadPage } from '#portal/pieces/upload.tsx'
import { readDocument } from '#api/matter/documents.ts'
import { askedBy, formSchema } from '#api/form-schema.ts'
import { takeAction } from '#api/matter/matters.ts'
import { errorsOf } from './flaws.ts'
import { showTrack } from './track.tsx'
import { addUploads } from './uploads.ts'
import { keyed, keyOf, matterByCode, pageOf, statusOf, text } from './visiting.ts'

/** The actions by which something is filed, on whichever line. */
const filing: ReadonlySet<string> = new Set(
  lines.flatMap(({ actions }) => Object.keys(actions).filter((key) => actionOf({ actions }, key)?.files)),
)

/** Following a matter, and what its person does to it. */
export const trackPages: readonly Page[] = [
  { method: 'GET', path: '/m/:code', id: 'portal.track', handler: (tx, visit) => showTrack(tx, visit) },
  {
    method: 'POST',
    path: '/m/:code/do/:action',
    id: 'portal.do',
    counts: ({ action = '' }) => (filing.has(action) ? 'floods.filings' : undefined),
    handler: doAction,
  },
  { method: 'GET', path: '/m/:code/do/:action', id: 'portal.backFromAction', handler: backToTrack },
  { method: 'POST', path: '/m/:code/object', id: 'portal.object', counts: 'floods.filings', handler: object },
  { method: 'GET', path: '/m/:code/object', id: 'portal.backFromObjecting', handler: backToTrack },
  { method: 'GET', path: '/m/:code/add/:kind', id: 'portal.upload', handler: (tx, visit) => showUpload(tx, visit, []) },
  { method: 'POST', path: '/m/:code/add/:kind', id: 'portal.addDocument', takesFiles: true, handler: upload },
  {
    method: 'GET',
    path: '/m/:code/file/:id',
    id: 'portal.document',
    handler: async (tx, { params }) =>
      readDocument(tx, { region: (await matterByCode(tx, params['code'] ?? '')).region, id: params['id'] ?? '' }),
  },
]

/** A page that a form came back on is opened again as the page of its matter. */
async function backToTrack(tx: Tx, { params }: Visit): Promise<PageReply> {
  const { code } = await matterByCode(tx, params['code'] ?? '')
  return { redirect: `/m/${code}` }
}

async function doAction(tx: Tx, visit: Visit): Promise<PageReply> {
  const { code = '', action: key = '' } = visit.params
  const matter = await matterByCode(tx, code)
  const action = actionOf(lineOf(tx.on, matter.line, matter.edition), key)
  const schema: FormSchema = action ? formSchema(askedBy(action), visit.language) : {}
  const values = actionInput(schema, fieldsOf(schema), visit.form)
  try {
    await takeAction(
      tx,
      matter,
      key,
      { version: Number(text(visit.form['version'])) || undefined, key: keyOf(visit), input: values },
      visit.session?.channel,
    )
    return { redirect: `/m/${code}` }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid') throw error
    return showTrack(tx, visit, { action: key, values, errors: errorsOf(error.detail, values) })
  }
}

/** Opens a matter of the line's remedy beside this one, by what its one form asked. */
async function object(tx: Tx, visit: Visit): Promise<PageReply> {
  const matter = await matterByCode(tx, visit.params['code'] ?? '')
  const { remedy } = lineOf(tx.on, matter.line, matter.edition)
  const { line, opening } = serviceOf(remedy?.line ?? '') ?? refuse('not_found')
  const question = line.asked?.[0] ?? refuse('not_found')
  const values = typed(question.fields, visit.form)
  const judged = judge(question, values)
  if ('errors' in judged) return showTrack(tx, visit, { action: 'object', values, errors: judged.errors })
  const asked = { parent: matter.id, ...opening?.fromAnswer?.(judged.answer) }
  const opened = await opening?.open(tx, { region: matter.region, id: keyOf(visit) }, asked, visit.session?.channel)
  return { redirect: `/m/${(opened ?? refuse('not_found')).code}` }
}

async function showUpload(tx: Tx, visit: Visit, errors: readonly FieldError[]): Promise<PageReply> {
  const { code = '', kind = '' } = visit.params
  const matter = await matterByCode(tx, code)
  const { documents } = lineOf(tx.on, matter.line, matter.edition)
  const document = rowOf(documents, kind)
  if (!document) return { redirect: `/m/${code}` }
  const html = renderPage(
    <UploadPage
      page={pageOf(visit, isPrivate(tx.on, matter))}
      title={document.title}
      {...(document.hint && { hint: document.hint })}
      action={`/m/${code}/add/${kind}`}
      hidden={keyed()}
      errors={errors}
      backHref={`/m/${code}`}
    />,
  )
  return { html, status: statusOf(errors) }
}

async function upload(tx: Tx, visit: Visit): Promise<PageReply> {
  const { code = '', kind = '' } = visit.params
  const matter = await matterByCode(tx, code)
  if (!visit.uploads.length) return showUpload(tx, visit, [{ field: 'file', message: 'answer.file.required' }])
  const added = await addUploads(tx, matter, visit, { kind, field: 'file' })
  return 'errors' in added ? showUpload(tx, visit, added.errors) : { redirect: `/m/${code}` }
}
