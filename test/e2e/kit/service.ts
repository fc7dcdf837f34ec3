import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Where Node keeps what it compiled, so that a service that starts again does not compile it again. */
const compiled = join(tmpdir(), 'fahui-compiled')

/** The real service in a process of its own, on a fresh folder, and how to reach it. */
export type Service = AsyncDisposable & { url: string; dir: string; process: ChildProcess }

/** Starts the service as `npm start` does and waits until it says where it listens. Rejects with what it printed when it ends first. */
export async function startService(env: Record<string, string> = {}): Promise<Service> {
  const dir = env['FAHUI_DATA'] ?? (await mkdtemp(join(tmpdir(), 'fahui-e2e-')))
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    cwd: root,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, FAHUI_DATA: dir, PORT: '0', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /portal\s+(http:\/\/\S+?)\/?\n/.exec(said)
      if (found?.[1]) resolve(found[1])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${said}`)))
  })
  return {
    url,
    dir,
    process: child,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode === null && child.kill('SIGTERM')) await ended
      if (!env['FAHUI_DATA']) await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Tells the whole demo into a folder nobody serves yet. */
export async function tellDemo(dir: string): Promise<void> {
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled, FAHUI_DATA: dir }
  await promisify(execFile)(process.execPath, ['src/main.ts', 'seed'], { cwd: root, env })
}

/** The same with the demo told to its end before anyone looks: `serve` tells its matters while it serves. */
export async function startToldService(env: Record<string, string> = {}): Promise<Service> {
  const dir = await mkdtemp(join(tmpdir(), 'fahui-told-'))
  await tellDemo(dir)
  const service = await startService({ ...env, FAHUI_DATA: dir })
  const end = async () => {
    await service[Symbol.asyncDispose]()
    await rm(dir, { recursive: true, force: true })
  }
  return { ...service, [Symbol.asyncDispose]: end }
}

/** The system's Chromium, without the calls home it would make. `more` are flags of its own. */
export const openBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: fileURLToPath(new URL('chromium.sh', import.meta.url)),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })
