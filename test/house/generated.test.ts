import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openApiDocument } from '#api/commands/openapi.ts'
import { clientTypes } from '../../tools/gen-client.ts'
import { databaseTypes } from '../../tools/gen-types.ts'

const onDisk = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

/** Made once: it takes a whole migrated platform. */
const document = openApiDocument()
const slow = { timeout: 180_000 }

test('the types of the database are those of its migrations; if not, run npm run gen', slow, async () => {
  expect(await onDisk('db/types.ts')).toBe(await databaseTypes())
})

test('the client speaks of the routes as they are; if not, run npm run gen', slow, async () => {
  expect(await onDisk('web/client/schema.ts')).toBe(clientTypes(await document))
})

test('the OpenAPI document holds every schema it refers to', slow, async () => {
  const made = await document
  const referred = JSON.stringify(made).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  const held = new Set(Object.keys(('components' in made && made.components?.schemas) || {}))
  expect([...referred].map(([, name]) => name).filter((name) => !held.has(name ?? ''))).toEqual([])
})

test('a schema becomes the type that the wire carries', () => {
  const at = {
    type: 'object',
    properties: { on: { type: 'string', format: 'date' }, fen: { type: ['integer', 'null'] } },
    required: ['on'],
  }
  const kinds = { type: 'array', items: { enum: ['duty', 'right'] } }
  const counts = {
    type: 'object',
    propertyNames: { enum: ['today', 'all'] },
    additionalProperties: { type: 'integer' },
    required: ['today', 'all'],
  }
  const answer = {
    type: 'object',
    properties: { at: { $ref: '#/components/schemas/At' }, kinds, counts },
    required: ['at', 'kinds', 'counts'],
  }
  const get = {
    parameters: [{ in: 'query', name: 'by', schema: { type: 'string' } }],
    responses: { 200: { content: { 'application/json': { schema: answer } } } },
  }
  const written = clientTypes({ paths: { '/api/x': { get } }, components: { schemas: { At: at, Unused: at } } })
  expect(written).toContain('on: string\n      fen?: number | null')
  expect(written).toContain("kinds: ('duty' | 'right')[]")
  expect(written).toContain("counts: Record<'today' | 'all', number>")
  expect(written).toContain("at: components['schemas']['At']")
  expect(written).toContain('query?: { by?: string }')
  expect(written).not.toContain('Unused')
})
