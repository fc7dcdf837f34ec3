import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
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

async function contend(): Promise<Contender> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', contender, dir], { stdio: ['pipe', 'pipe', 'inherit'] })
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
  expect(second.answer).toContain(`process ${first.child.pid}.`)
  expect(second.answer).toContain(dir)
})

test('a second lock within one process is refused as well', async () => {
  await lockDataDir(dir)
  await expect(lockDataDir(dir)).rejects.toThrow(`process ${process.pid}`)
})

test('a stop in good order frees the folder and leaves nothing in it', async () => {
  const first = await start()
  const gone = once(first.child, 'exit')
  first.say()
  await gone
  expect(await readdir(dir)).toEqual([])
  expect((await start()).answer).toBe('held')
})

test('after kill -9 the next start works', async () => {
  for (let round = 0; round < 3; round++) {
    const holder = await start()
    expect(holder.answer).toBe('held')
    await kill(holder.child)
  }
  expect(await readdir(dir)).toEqual(['lock'])
})

test('of eight processes racing for a fresh folder exactly one wins', async () => {
  for (let round = 0; round < 3; round++) {
    expect(await race(8)).toEqual({ held: 1, refused: 7 })
    await Promise.all(started.splice(0).map(kill))
    await rm(join(dir, 'lock'))
  }
})

test('of eight processes racing for the folder of a killed one exactly one wins', async () => {
  await kill((await start()).child)
  for (let round = 0; round < 5; round++) {
    expect(await race(8)).toEqual({ held: 1, refused: 7 })
    await Promise.all(started.splice(0).map(kill))
  }
})

// Takes the folder again and again, mostly dying without giving it up, and says whether it ever met another holder inside.
const churner = `
  import { lockDataDir } from ${JSON.stringify(new URL('data-lock.ts', import.meta.url).href)}
  import { readFile, rename, rm, writeFile } from 'node:fs/promises'
  const dir = process.argv[1]
  const die = async (path) => {
    await writeFile(path + process.pid, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), born: 'dead' }))
    await rename(path + process.pid, path)
  }
  for (let taken = 0; taken < 60; ) {
    const lock = await lockDataDir(dir).catch(() => null)
    if (!lock) continue
    await writeFile(dir + '/inside', '', { flag: 'wx' })
    await rm(dir + '/inside')
    await (taken++ % 5 === 0 ? lock[Symbol.asyncDispose]() : die(lock.path))
  }
`

test('four processes that take the folder and die in it, 60 times each, are never in it together', async () => {
  const churning = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', churner, dir], { stdio: 'ignore' }),
  )
  started.push(...churning)
  const exits = await Promise.all(churning.map((child) => once(child, 'exit')))
  expect(exits).toEqual(churning.map(() => [0, null]))
})

async function race(runners: number): Promise<{ held: number; refused: number }> {
  const field = await Promise.all(Array.from({ length: runners }, contend))
  for (const { say } of field) say()
  const answers = await Promise.all(field.map(({ hear }) => hear()))
  const held = answers.filter((answer) => answer === 'held').length
  return { held, refused: answers.filter((answer) => answer.startsWith('refused')).length }
}

async function rewriteClaim(change: object): Promise<void> {
  const path = join(dir, 'lock')
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...change }))
}

test.runIf(process.platform === 'linux')('a lock whose pid now belongs to another program is taken over', async () => {
  await lockDataDir(dir)
  await rewriteClaim({ born: 'another-boot:12345' })
  await using lock = await lockDataDir(dir)
  expect(lock.path).toBe(join(dir, 'lock'))
})

test('where the system does not tell start times, a living pid is still respected', async () => {
  await lockDataDir(dir)
  await rewriteClaim({ born: null })
  await expect(lockDataDir(dir)).rejects.toThrow(`process ${process.pid}`)
})

test('a lock from another machine is never judged from here: a person is asked to decide', async () => {
  await lockDataDir(dir)
  await rewriteClaim({ host: 'elsewhere', born: 'another-boot:12345' })
  await expect(lockDataDir(dir)).rejects.toThrow(/on elsewhere.*delete .*lock/)
})

test('a file in the place of the lock that is not one is left alone and named', async () => {
  await writeFile(join(dir, 'lock'), '')
  await expect(lockDataDir(dir)).rejects.toThrow(/lock cannot be read as a lock/)
})

test('giving up a lock does not end the claim of whoever holds it now', async () => {
  const old = await lockDataDir(dir)
  await rm(old.path)
  await lockDataDir(dir)
  await old[Symbol.asyncDispose]()
  await expect(lockDataDir(dir)).rejects.toThrow(/in use/)
})

test('a taker cut off half-way leaves a chain that the next start follows to its end', async () => {
  const first = await lockDataDir(dir)
  const { nonce, ...rest } = JSON.parse(await readFile(first.path, 'utf8'))
  await rewriteClaim({ born: 'dead' })
  await writeFile(join(dir, `lock.after-${nonce}`), JSON.stringify({ ...rest, nonce: 'second' }))
  await expect(lockDataDir(dir)).rejects.toThrow(/in use/)
  await writeFile(join(dir, `lock.after-${nonce}`), JSON.stringify({ ...rest, born: 'dead', nonce: 'second' }))
  await lockDataDir(dir)
  await expect(lockDataDir(dir)).rejects.toThrow(/in use/)
})
