import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** A throw-away PostgreSQL with durable commits: `url` for its owner, `host` and `port` of its socket, `bin` its programs, `pid` its first process. */
export type Cluster = AsyncDisposable & { url: string; host: string; port: number; bin: string; version: string; pid: number }

/** Starts one from the installed binaries in a folder of its own; disposing stops it and removes the folder. */
export async function startCluster(): Promise<Cluster> {
  const bin = await binaries()
  const dir = await mkdtemp(join(tmpdir(), 'fh-pg-'))
  const as = unprivileged()
  if (as) await chown(dir, as.uid, as.gid)
  const data = join(dir, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'fahui', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], {
    ...as,
    cwd: dir,
    stdio: 'ignore',
  })
  const port = 20_000 + Math.floor(Math.random() * 20_000) // only names the socket file: nothing listens on the network
  const settings = {
    listen_addresses: '',
    unix_socket_directories: dir,
    port,
    max_connections: 60,
    shared_buffers: '512MB',
    fsync: 'on',
    synchronous_commit: 'on',
    max_wal_size: '4GB',
    random_page_cost: 1.1,
  }
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...as, cwd: dir, stdio: 'ignore' },
  )
  const url = `postgresql://fahui@localhost:${port}/postgres?host=${encodeURIComponent(dir)}`
  const version = await answering(url)
  const stop = async () => {
    const gone = once(server, 'exit')
    server.kill('SIGINT')
    await gone
    await rm(dir, { recursive: true, force: true })
  }
  return { url, host: dir, port, bin, version, pid: server.pid ?? 0, [Symbol.asyncDispose]: stop }
}

async function binaries(): Promise<string> {
  const own = '/usr/lib/postgresql'
  const versions = await readdir(own).catch(() => [])
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0]
  return newest ? join(own, newest, 'bin') : execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function answering(url: string): Promise<string> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      await client.end()
      return rows[0]?.server_version.split(' ')[0] ?? ''
    } catch (error) {
      if (tries > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** The machine's class, as the figures need it: cores and memory, nothing that names it. */
export const machine = (totalBytes: number): string => `${availableParallelism()} cores, ${Math.round(totalBytes / 2 ** 30)} GiB`
