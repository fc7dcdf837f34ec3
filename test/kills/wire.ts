import { setTimeout as pause } from 'node:timers/promises'
import type { Service } from '#test/service.ts'

/** One request, to be sent as often as it takes. */
export type Sent = { method: 'GET' | 'POST'; path: string; headers?: Record<string, string>; body?: string | FormData }

/** An answer that reached whoever asked. */
export type Answer = { status: number; text: string; headers: Headers }

/** The line between people and a service that keeps dying: on it answers get lost. */
export class Wire {
  /** Answers that came but never reached anybody. */
  lost = 0
  /** What the service answered as a fault of its own. */
  readonly faults: string[] = []
  readonly #next: () => Promise<Service>
  #cut: Service | null = null
  #onLoss: () => void = () => {}

  /** `next` is the service to ask, each time: the one there is, or one of several. */
  constructor(next: () => Promise<Service>) {
    this.#next = next
  }

  /** One try; null where no answer came, or none that says whether it was done. */
  async ask({ method, path, headers, body }: Sent): Promise<Answer | null> {
    const service = await this.#next()
    try {
      const { origin } = service
      const request = { method, redirect: 'manual', headers: { ...headers, origin } } as const
      const response = await fetch(new URL(path, origin), { ...request, ...(body !== undefined && { body }) })
      const text = await response.text()
      if (this.#cut === service) return this.#lose()
      if (response.status === 500) this.faults.push(`${method} ${path}: ${text.slice(0, 300)}`)
      return response.status >= 500 ? null : { status: response.status, text, headers: response.headers }
    } catch {
      return null // the connection broke: whether it was done is not known
    }
  }

  /** Cuts the line to a service, waits until an answer was lost on it (or none came), and has it ended. */
  async crash(service: Service, end: () => Promise<unknown>): Promise<void> {
    const { promise: loss, resolve } = Promise.withResolvers<void>()
    this.#onLoss = resolve
    this.#cut = service
    await Promise.race([loss, pause(3000)])
    const ended = end()
    this.#cut = null
    await ended
  }

  #lose(): null {
    this.lost++
    this.#onLoss()
    return null
  }
}
