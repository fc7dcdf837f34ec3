import { Socket } from 'node:net'

/** What a stream has its socket do with one chunk, and with several that were held together. */
const methods = ['_write', '_writev'] as const

/** How often each socket was written to while `work` ran; `after` hears of every write, the first of a socket being 1. */
export async function socketWrites(work: () => Promise<unknown>, after: (socket: Socket, n: number) => void = () => {}): Promise<number[]> {
  const counts = new Map<Socket, number>()
  const own = methods.map((name) => Socket.prototype[name]!) // a socket has both
  const counting = (write: (...its: never[]) => void) =>
    function (this: Socket, ...its: never[]) {
      const n = (counts.get(this) ?? 0) + 1
      counts.set(this, n)
      write.apply(this, its)
      after(this, n)
    }
  for (const [n, name] of methods.entries()) Object.assign(Socket.prototype, { [name]: counting(own[n]!) })
  try {
    await work()
  } finally {
    for (const [n, name] of methods.entries()) Object.assign(Socket.prototype, { [name]: own[n] })
  }
  return [...counts.values()]
}
