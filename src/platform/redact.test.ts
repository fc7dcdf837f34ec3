import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { redactions } from './redact.ts'

test('the log masks credentials and personal fields to two levels deep', () => {
  let line = ''
  const out = new Writable({ write: (chunk, _, done) => ((line += String(chunk)), done()) })
  const log = pino({ redact: { paths: [...redactions], censor: '[masked]' } }, out)
  log.info({
    password: 'leak',
    person: { idNumber: 'leak', phone: 'leak', id: 'p1' },
    event: { input: { fullName: 'leak', code: 'leak' } },
    req: { headers: { authorization: 'leak', cookie: 'leak', host: 'fahui' }, body: { any: 'leak' } },
    res: { headers: { 'set-cookie': 'leak' } },
  })
  expect(line).not.toContain('leak')
  expect(JSON.parse(line)).toMatchObject({ person: { id: 'p1' }, req: { headers: { host: 'fahui' } } })
})
