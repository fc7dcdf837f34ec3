import { TOTP } from 'otpauth'
import { v7 } from 'uuid'
import { demoAccounts, demoPassword, demoTotpSecret } from '../../seed/demo-accounts.ts'
import type { Answer, Wire } from '#test/kills/wire.ts'

/** Something an officer meant to do once; `label` is written into the log with it. */
export type Done = { label: string; id: string; action: 'open' | 'markIncomplete' | 'complete'; version: number }

/** How a request is repeated when no answer came: as it was, or made anew as by a client without ids and keys. */
export type Manner = 'same' | 'afresh'

const officer = 'chengdong.intake'
const region = demoAccounts.find(({ login }) => login === officer)?.grants[0]?.region ?? ''

/** Officers at work on a service that keeps dying: they record notices, ask for what is missing, and repeat whatever was not answered. */
export class Clients {
  readonly done: Done[] = []
  readonly #wire: Wire
  readonly #manner: Manner
  #cookie = ''
  #isOver = false
  #onDone: () => void = () => {}

  constructor(manner: Manner, wire: Wire) {
    this.#manner = manner
    this.#wire = wire
  }

  async signIn(): Promise<void> {
    const body = { login: officer, password: demoPassword, totp: new TOTP({ secret: demoTotpSecret }).generate() }
    const answer = await this.#post('/api/sign-in', body)
    if (answer?.status !== 200) throw new Error(`The demo officer could not sign in: ${answer?.text}`)
    this.#cookie = answer.headers
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

  /** The matter as answered; null where no answer came. A refusal is a fault of this test. */
  async #answered(path: string, body: object): Promise<{ version: number } | null> {
    const answer = await this.#post(path, body)
    if (!answer) return null
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.text}`)
    return JSON.parse(answer.text) as { version: number } // the schema of every answer of these routes
  }

  #post(path: string, body: object): Promise<Answer | null> {
    const headers = { 'content-type': 'application/json', cookie: this.#cookie }
    return this.#wire.ask({ method: 'POST', path, headers, body: JSON.stringify(body) })
  }
}
