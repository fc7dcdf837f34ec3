import { setTimeout as pause } from 'node:timers/promises'
import { TOTP } from 'otpauth'
import { v7 } from 'uuid'
import { demoAccounts, demoPassword, demoTotpSecret } from '../../seed/demo-accounts.ts'
import type { Service } from '#test/service.ts'

/** Something an officer meant to do once; `label` is written into the log with it. */
export type Done = { label: string; id: string; action: 'open' | 'markIncomplete' | 'complete'; version: number }

/** How a request is repeated when no answer came: as it was, or made anew as by a client without ids and keys. */
export type Manner = 'same' | 'afresh'

const officer = 'chengdong.intake'
const region = demoAccounts.find(({ login }) => login === officer)?.grants[0]?.region ?? ''

/** Officers at work on a service that keeps dying: they record notices, ask for what is missing, and repeat whatever was not answered. */
export class Clients {
  readonly done: Done[] = []
  /** Answers that came but never reached their client. */
  lost = 0
  readonly #manner: Manner
  readonly #next: () => Promise<Service>
  #cookie = ''
  #cut: Service | null = null
  #isOver = false
  #onLoss: () => void = () => {}
  #onDone: () => void = () => {}

  /** `next` is the service to ask, each time: the one there is, or one of several. */
  constructor(manner: Manner, next: () => Promise<Service>) {
    this.#manner = manner
    this.#next = next
  }

  async signIn(): Promise<void> {
    const body = { login: officer, password: demoPassword, totp: new TOTP({ secret: demoTotpSecret }).generate() }
    const response = await this.#post(await this.#next(), '/api/sign-in', body)
    if (response.status !== 200) throw new Error(`The demo officer could not sign in: ${await response.text()}`)
    this.#cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
  }

  /** Works until told to stop, each matter to its end. */
  async work(name: string): Promise<void> {
    for (let n = 0; !this.#isOver; n++) await this.#oneNotice(`${name}-${n}`)
  }

  stop(): void {
    this.#isOver = true
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

  /** Waits until something more is told to be done, by whichever service. */
  moreDone(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#onDone = resolve
    return promise
  }

  async #oneNotice(label: string): Promise<void> {
    const { id } = await this.#until(
      label,
      () => ({ region, id: v7() }),
      (at) => ['/api/criminal-notice', { ...at, notice: { ground: 'minor', stage: 'trial', organ: '演示法院', organNumber: label } }],
      'open',
    )
    if (this.#manner === 'afresh') return
    await this.#act(id, 'markIncomplete', 0, { reason: `缺起诉书：${label}` }, label)
    await this.#act(id, 'complete', 1, {}, label)
  }

  #act(id: string, action: Done['action'], version: number, input: object, label: string) {
    return this.#until(
      label,
      () => ({ id, key: v7() }),
      ({ key }) => [`/api/criminal-notice/${region}/${id}/${action}`, { version, key, input }],
      action,
    )
  }

  /** Asks until it is answered. */
  async #until<T extends { id: string }>(
    label: string,
    make: () => T,
    ask: (made: T) => [string, object],
    action: Done['action'],
  ): Promise<T> {
    for (let made = make(); ; made = this.#manner === 'same' ? made : make()) {
      const view = await this.#answered(...ask(made))
      if (!view) continue
      this.done.push({ label, action, id: made.id, version: view.version })
      this.#onDone()
      return made
    }
  }

  /** The matter as answered; null where no answer came, or none that says it was done. A refusal is a fault of this test. */
  async #answered(path: string, body: object): Promise<{ version: number } | null> {
    const service = await this.#next()
    try {
      const response = await this.#post(service, path, body)
      const text = await response.text()
      if (this.#cut === service) return this.#lose()
      if (response.status >= 500) return null
      if (response.status !== 200) throw new Refused(`${path} was answered ${response.status}: ${text}`)
      return JSON.parse(text) as { version: number } // the schema of every answer of these routes
    } catch (error) {
      if (error instanceof Refused) throw error
      return null // the connection broke: whether it was done is not known
    }
  }

  #lose(): null {
    this.lost++
    this.#onLoss()
    return null
  }

  #post({ origin }: Service, path: string, body: object): Promise<Response> {
    return fetch(new URL(path, origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, cookie: this.#cookie },
      body: JSON.stringify(body),
    })
  }
}

class Refused extends Error {}
