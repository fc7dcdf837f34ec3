import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { word, zipped } from '#test/archives.ts'
import { eicar } from '#test/clamd-server.ts'
import { clamd } from './clamd.ts'

const program = ['/usr/sbin/clamd', '/usr/bin/clamd'].find((path) => {
  try {
    return execFileSync(path, ['--version']).length > 0
  } catch {
    return false // not installed: `clamd.test.ts` asks the same of its protocol
  }
})

let folder: string
let daemon: ReturnType<typeof spawn> | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fahui-clamd-'))
  if (!program) return
  await mkdir(join(folder, 'db'))
  await writeFile(join(folder, 'db/own.ndb'), `Fahui.Eicar:0:*:${eicar.toString('hex')}\n`)
  await writeFile(
    join(folder, 'conf'),
    `LocalSocket ${folder}/socket\nDatabaseDirectory ${folder}/db\nForeground yes\nStreamMaxLength 30M\n`,
  )
  daemon = spawn(program, ['-c', join(folder, 'conf')], { stdio: 'ignore' })
  while (!(await clamd(join(folder, 'socket')).answers())) await new Promise((resolve) => setTimeout(resolve, 50)) // it says nothing until it has read its signatures
})
afterAll(async () => {
  if (daemon && daemon.exitCode === null) {
    const ended = once(daemon, 'exit')
    daemon.kill()
    await ended
  }
  await rm(folder, { recursive: true, force: true })
})

const scan = (bytes: Buffer) => clamd(join(folder, 'socket')).scan(bytes)

test.skipIf(!program)(
  'ClamAV itself finds what everybody has agreed to find, plain, in a PDF and in an archive in an archive',
  async () => {
    const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%'), eicar, Buffer.from('\n%%EOF\n')])
    const twice = zipped([{ name: 'b.zip', content: zipped([{ name: 'a.com', content: eicar }]) }])
    for (const bytes of [eicar, pdf, twice])
      expect(await scan(bytes)).toMatchObject({ is: 'infected', found: expect.stringContaining('Eicar') })
    expect(await scan(word())).toEqual({ is: 'clean' })
    expect(await scan(Buffer.alloc(25 * 1024 * 1024, 7))).toEqual({ is: 'clean' })
  },
)
