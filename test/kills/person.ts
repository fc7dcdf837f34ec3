import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataKeys } from '#platform/keys/crypto.ts'
import type { About, Book } from './book.ts'
import type { Answer, Sent, Wire } from './wire.ts'

/** How a request is repeated when no answer came: as it was, or made anew as by a client without ids and keys. */
export type Manner = 'same' | 'afresh'

/** What all people share: the line, the book of what they were told, how they repeat themselves, and the keys by which the tests read what browsers carry sealed. */
export type Scene = {
  readonly keys: DataKeys
  readonly wire: Wire
  readonly book: Book
  readonly manner: Manner
  readonly isOver: () => boolean
}

/** An answer, the request as it was made in the end, and how often it was sent. */
export type Heard<T> = Answer & { readonly made: T; readonly tries: number; readonly isDone: boolean }

/** No restart takes so many tries: what is asked more often is never answered. */
const mostTries = 2000

type Post<T> = { path: string; make: () => T; encode: (made: T) => Pick<Sent, 'headers' | 'body'>; about: readonly About[] }

/** Somebody at a browser, who repeats whatever was not answered. */
export class Person {
  readonly jar = new Map<string, string>()
  readonly #scene: Scene

  constructor(scene: Scene) {
    this.#scene = scene
  }

  /** A page or a view, asked for until it comes. */
  get(path: string, about: readonly About[] = []): Promise<Heard<null>> {
    return this.#untilAnswered('GET', { path, make: () => null, encode: () => ({}), about })
  }

  /** A body of JSON; `make` makes it, ids and keys included. */
  json<T extends object>(path: string, make: () => T, about: readonly About[] = []): Promise<Heard<T>> {
    const encode = (made: T) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(made) })
    return this.#untilAnswered('POST', { path, make, encode, about })
  }

  /** A form as a browser sends it. */
  form<T extends Record<string, string | readonly string[]>>(path: string, make: () => T, about: readonly About[] = []): Promise<Heard<T>> {
    const encode = (made: T) => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: encoded(made) })
    return this.#untilAnswered('POST', { path, make, encode, about })
  }

  /** A form with files in it. */
  files(path: string, make: () => FormData, about: readonly About[] = []): Promise<Heard<FormData>> {
    return this.#untilAnswered('POST', { path, make, encode: (body) => ({ body }), about })
  }

  async #untilAnswered<T>(method: Sent['method'], { path, make, encode, about }: Post<T>): Promise<Heard<T>> {
    const { wire, book, manner } = this.#scene
    let made = make()
    for (let tries = 1; tries < mostTries; tries++, made = manner === 'same' ? made : make()) {
      const sent = encode(made)
      const answer = await wire.ask({ method, path, ...sent, headers: { ...sent.headers, cookie: this.#cookie() } })
      if (answer) {
        const isDone = isYes(answer)
        this.#keep(answer)
        book.note(`${method} ${path}`, about, { tries, isDone })
        return { ...answer, made, tries, isDone }
      }
      await pause(10) // a port that is closed says so at once
    }
    throw new Error(`${method} ${path} was asked ${mostTries} times and never answered: ${wire.faults.at(-1)}`)
  }

  #cookie = (): string => [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')

  #keep({ headers }: Answer): void {
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value) this.jar.set(name, value)
      else this.jar.delete(name)
    }
  }
}

/** Whoever is led to a door was not let in. */
const isYes = ({ status, headers }: Answer): boolean => status < 400 && !/^\/(return|sign-in)/.test(headers.get('location') ?? '')

const encoded = (fields: Record<string, string | readonly string[]>): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)])),
  ).toString()

/** What an answer says as JSON; null where it is none. */
export function said<T>({ text, isDone }: Pick<Heard<unknown>, 'text' | 'isDone'>): T | null {
  return isDone ? (JSON.parse(text) as T) : null // the route's own schema; the caller names what it reads of it
}

/** Any of them; never asked of an empty list. */
export const oneOf = <T>(list: readonly T[]): T => list[randomInt(list.length)]! // as said above
