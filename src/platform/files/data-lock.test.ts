import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockDataDir } from './data-lock.ts'

// Says "ready", waits for a line to start, answers "held" or "refused: …", and stays until it is told to end.
const contender = `
  import { lockDataDir } from ${JSON.stringify(new URL('data-lock.ts', import.meta.url).href)}
  import { createInterface } from 'node:readline'
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  console.log('ready')
  await lines.next()
  const lock = await lockDataDir(process.argv[1]).catch((error) => error)
  console.log(lock instanceof Error ? 'refused: ' + lock.message : 'held')
  await lines.next()
  if (!(lock instanceof Error)) await lock[Symbol.asyncDispose]()
  process.exit()
`

type Contender = { readonly child: ChildProcess; readonly say: () => void; readonly hear: () => Promise<string> }

let dir: string
const started: ChildProcess[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fahui-lock-'))
})
afterEach(async () => {
  await Promise.all(started.splice(0).map(kill))
  await rm(dir, { recursive: true, force: true })
})

/** A process that will take the folder; `inside` is what it is started by, as a container's first process. */
async function contend(...inside: [command: string, args: string[]] | []): Promise<Contender> {
  const [command, args] = inside.length ? inside : [process.execPath, []]
  const own = ['--input-type=module', '-e', contender, dir]
  const child = spawn(command, inside.length ? [...args, process.execPath, ...own] : own, { stdio: ['pipe', 'pipe', 'inherit'] })
  started.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const hear = async (): Promise<string> => String((await lines.next()).value)
  expect(await hear()).toBe('ready')
  return { child, hear, say: () => child.stdin.write('\n') }
}

async function start(): Promise<Contender & { answer: string }> {
  const one = await contend()
  one.say()
  return { ...one, answer: await one.hear() }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

test('a second start on the same folder is refused, and is told the process and the folder', async () => {
  const first = await start()
  const second = await start()
  expect(first.answer).toBe('held')
  expect(second.answer).toContain(`process ${first.child.pid} on ${hostname()}.`)
  expect(second.answer).toContain(dir)
})

test('a second lock within one process is refused as well', async () => {
  await using _ = await lockDataDir(dir)
  await expect(lockDataDir(dir)).rejects.toThrow(`process ${process.pid}`)
})

test('a stop in good order frees the folder', async () => {
  const first = await start()
  const gone = once(first.child, 'exit')
  first.say()
  await gone
  expect(await readdir(dir)).toEqual(['in-use'])
  expect((await start()).answer).toBe('held')
})

test('after kill -9 the next start works, at once', async () => {
  for (let round = 0; round < 3; round++) {
    const holder = await start()
    expect(holder.answer).toBe('held')
    await kill(holder.child)
  }
})

test('a holder that is stopped for a while still holds, and goes on when it is woken: nobody was let in meanwhile', async () => {
  const holder = await start()
  holder.child.kill('SIGSTOP')
  expect((await start()).answer).toContain(`process ${holder.child.pid} `)
  holder.child.kill('SIGCONT')
  expect((await start()).answer).toContain(`process ${holder.child.pid} `)
  await kill(holder.child)
  expect((await start()).answer).toBe('held')
})

test('of eight processes racing for a fresh folder exactly one wins', async () => {
  for (let round = 0; round < 3; round++) {
    expect(await race(8)).toEqual({ held: 1, refused: 7 })
    await Promise.all(started.splice(0).map(kill))
  }
})

test('of eight processes racing for the folder of a killed one exactly one wins', async () => {
  await kill((await start()).child)
  for (let round = 0; round < 5; round++) {
    expect(await race(8)).toEqual({ held: 1, refused: 7 })
    await Promise.all(started.splice(0).map(kill))
  }
})

// Takes the folder again and again, and fails where it meets another inside.
const churner = `
  import { lockDataDir } from ${JSON.stringify(new URL('data-lock.ts', import.meta.url).href)}
  import { rm, writeFile } from 'node:fs/promises'
  const dir = process.argv[1]
  for (let taken = 0; taken < 60; ) {
    const lock = await lockDataDir(dir).catch(() => null)
    if (!lock) continue
    await writeFile(dir + '/inside', '', { flag: 'wx' })
    await rm(dir + '/inside')
    taken++
    await lock[Symbol.asyncDispose]()
  }
`

test('four processes that take the folder, 60 times each, are never in it together', async () => {
  const churning = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', churner, dir], { stdio: 'ignore' }),
  )
  started.push(...churning)
  const exits = await Promise.all(churning.map((child) => once(child, 'exit')))
  expect(exits).toEqual(churning.map(() => [0, null]))
})

async function race(runners: number): Promise<{ held: number; refused: number }> {
  const field = await Promise.all(Array.from({ length: runners }, () => contend()))
  for (const { say } of field) say()
  const answers = await Promise.all(field.map(({ hear }) => hear()))
  const held = answers.filter((answer) => answer === 'held').length
  return { held, refused: answers.filter((answer) => answer.startsWith('refused')).length }
}

// Within a container of its own a process is 1, and so is the holder in its container: neither can ask after the other.
const contained = { 'in a container of the same name': [], 'in a container of another name': ['--uts'] }
const mayContain = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0

describe.runIf(mayContain).each(Object.entries(contained))('of two processes, each %s', (_, apart) => {
  const within = () =>
    contend('unshare', [
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      ...apart,
      'sh',
      '-c',
      `${apart.length ? 'hostname $$-elsewhere;' : ''} exec "$@"`,
      'sh',
    ])
  const answerOf = async (one: Contender) => {
    one.say()
    return one.hear()
  }

  test('the second is refused with a sentence', async () => {
    expect(await answerOf(await within())).toBe('held')
    expect(await answerOf(await within())).toMatch(/refused: .* is in use by process 1 on /)
  })

  test('the second is let in as soon as the first was killed', async () => {
    const first = await within()
    expect(await answerOf(first)).toBe('held')
    await kill(first.child)
    expect(await answerOf(await within())).toBe('held')
  })
})

test('the process that refuses is the one outside, when the holder sits in a container', async () => {
  await using _ = await lockDataDir(dir)
  await writeFile(join(dir, 'in-use.by'), JSON.stringify({ pid: 1, host: 'elsewhere' }))
  await expect(lockDataDir(dir)).rejects.toThrow('process 1 on elsewhere')
})

test('a holder that has not said yet who it is holds all the same', async () => {
  await using _ = await lockDataDir(dir)
  await rm(join(dir, 'in-use.by'))
  await expect(lockDataDir(dir)).rejects.toThrow('in use by another process')
})

test('what a killed holder said of itself says nothing any more', async () => {
  await writeFile(join(dir, 'in-use.by'), JSON.stringify({ pid: process.pid, host: hostname() }))
  await using lock = await lockDataDir(dir)
  expect(lock.path).toBe(join(dir, 'in-use'))
})
