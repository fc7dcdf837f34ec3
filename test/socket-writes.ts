import { Socket } from 'node:net'

/** How often each socket was written to while `work` ran; `after` hears of every write, the first of a socket being 1. */
export async function socketWrites(work: () => Promise<unknown>, after: (socket: Socket, n: number) => void = () => {}): Promise<number[]> {
  const counts = new Map<Socket, number>()
  const { _write, _writev } = Socket.prototype
  const counting = <Its extends unknown[]>(write: (...its: Its) => void) =>
    function (this: Socket, ...its: Its) {
      const n = (counts.get(this) ?? 0) + 1
      counts.set(this, n)
      write.apply(this, its)
      after(this, n)
    }
  Socket.prototype._write = counting(_write)
  Socket.prototype._writev = counting(_writev!) // a socket has one
  try {
    await work()
  } finally {
    Object.assign(Socket.prototype, { _write, _writev })
  }
  return [...counts.values()]
}
