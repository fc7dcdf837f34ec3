import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { openLog } from './log.ts'

/** What the log writes of one call. */
function written(tell: (log: ReturnType<typeof openLog>) => void): string {
  let said = ''
  const to = new Writable({
    write(chunk: Buffer, _, done) {
      said += chunk.toString()
      done()
    },
  })
  tell(openLog('info', to))
  return said
}

test('what the database quotes of a row never reaches the log; how it names its fault does (S-L9)', () => {
  const fault = Object.assign(new Error('duplicate key value violates unique constraint "person_phone"'), {
    code: '23505',
    detail: 'Key (phone)=(13812345678) already exists.',
    where: 'SQL statement with 张三',
  })
  const said = written((log) => log.error({ id: 'a1', err: fault }, 'unexpected'))
  expect(said).toContain('"kind":"23505"')
  expect(said).toContain('duplicate key value')
  for (const personal of ['13812345678', '张三', 'Key (phone)']) expect(said).not.toContain(personal)
})

test('a one-time code is masked as ever', () => {
  expect(written((log) => log.info({ code: '123456' }, 'sent'))).toContain('"code":"[masked]"')
})
