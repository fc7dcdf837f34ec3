import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** The real service as a process of its own: `origin` is where it will answer, `pid` its number, `ended` its exit code and what it said on the error stream. */
export type Service = {
  origin: string
  pid: number
  ended: Promise<{ code: number | null; said: string }>
  /** Waits for the first page; returns milliseconds since the process was started. */
  answers(): Promise<number>
  /** Ends it as a power cut would: nothing is finished, nothing is told. */
  kill(): Promise<void>
  /** Ends it as an operator would: it finishes what it is at, and lets go of what it holds. */
  stop(): Promise<{ code: number | null; said: string }>
}

/** Starts `fahui serve` over a data folder, on PostgreSQL where `databaseUrl` says so; `more` is further environment. */
export async function startService(
  dataDir: string,
  databaseUrl = '',
  port?: number,
  more: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const origin = `http://localhost:${port ?? (await freePort())}`
  const began = performance.now()
  const child = fahui('serve', dataDir, databaseUrl, { ...more, PORT: new URL(origin).port })
  const ended = ending(child)
  let isGone = false
  void ended.then(() => (isGone = true))
  return {
    origin,
    pid: child.pid ?? 0,
    ended,
    async answers() {
      while (!(await answersNow(origin))) {
        if (isGone) throw new Error(`The service ended before its first page: ${(await ended).said}`)
        await new Promise((resolve) => setTimeout(resolve, 20)) // the port says nothing until it is open
      }
      return performance.now() - began
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Runs one command of the service to its end, as `verify`; returns its code and what it printed. `more` is further environment. */
export async function runCommand(
  command: string,
  dataDir: string,
  databaseUrl = '',
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; printed: string; said: string }> {
  const child = fahui(command, dataDir, databaseUrl, more, args)
  const printed: string[] = []
  child.stdout?.setEncoding('utf8').on('data', (text: string) => printed.push(text))
  const { code, said } = await ending(child)
  return { code, said, printed: printed.join('') }
}

/** Starts one command of the service and cuts it off after so many milliseconds, as a power cut would. */
export async function killedCommand(
  command: string,
  dataDir: string,
  databaseUrl: string,
  args: readonly string[],
  afterMs: number,
): Promise<void> {
  const child = fahui(command, dataDir, databaseUrl, {}, args)
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  await once(child, 'exit')
  clearTimeout(timer)
}

const fahui = (
  command: string,
  dataDir: string,
  databaseUrl: string,
  more: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ChildProcess =>
  spawn(process.execPath, [main, command, ...args], {
    env: { ...process.env, FAHUI_DATA: dataDir, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error', ...more },
    stdio: ['ignore', command === 'serve' ? 'ignore' : 'pipe', 'pipe'],
  })

async function ending(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  const said: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const [code] = (await once(child, 'close')) as [number | null] // of an ended child: its code, or null for a signal
  return { code, said: said.join('') }
}

const answersNow = (origin: string): Promise<boolean> =>
  fetch(origin).then(
    (response) => response.text().then(() => response.status === 200),
    () => false,
  )

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
