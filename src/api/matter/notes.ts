import { z } from 'zod'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { addNote, noteLength, strikeNote } from '#records/privacy/notes.ts'
import { At } from './matter-schema.ts'
import { MatterView } from './matter-schema.ts'
import { viewMatter } from './matter-view.ts'

/** 办案便签: what colleagues tell each other beside the log. */
export const noteRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/notes',
    id: 'note.add',
    summary: 'Write a note for colleagues and the assignee',
    params: At,
    body: z.object({ key: z.uuid(), text: z.string().trim().min(1).max(noteLength) }).strict(),
    returns: MatterView,
    async handler(tx, { params, body }) {
      await addNote(tx, params, { id: body.key, text: body.text })
      return viewMatter(tx, params)
    },
  }),
  route({
    method: 'POST',
    path: '/api/matters/:region/:id/notes/:note/strike',
    id: 'note.strike',
    summary: 'Strike out a note of one’s own within ten minutes',
    params: At.extend({ note: z.uuid() }),
    returns: MatterView,
    async handler(tx, { params }) {
      await strikeNote(tx, params, params.note)
      return viewMatter(tx, params)
    },
  }),
]
