import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import type { About } from './book.ts'
import { formOf, pdf, picture, refusedOnes, type Paper } from './papers.ts'
import type { DataKeys } from '#platform/keys/crypto.ts'
import { openCookie } from '#platform/keys/note.ts'
import { wageAnswers } from '#test/wage-answers.ts'
import { Person, type Scene } from './person.ts'

/** Where a code sent to a phone is read, null where none came. */
export type Phones = { codeTo(phone: string): string | null }

/** How large a paper may be: the largest are for a long run. */
export type Sizes = { readonly small: number; readonly middle: number; readonly large: number }

const county = '630102'
const chance = (oneIn: number): boolean => randomInt(oneIn) === 0

/** One person's application from the first page to the receipt, with papers, and what they do with it afterwards. */
export async function apply(scene: Scene, phones: Phones, sizes: Sizes): Promise<void> {
  const me = new Person(scene)
  const phone = `139${String(randomInt(1e8)).padStart(8, '0')}`
  const isKnown = chance(2) && (await signIn(me, phones, phone))
  const code = await begin(scene, me)
  if (!code) return
  await answerAll(me, code, sizes, isKnown ? { safe: 'both', phone } : { safe: 'none' })
  await me.form(`/m/${code}/check`, () => ({ key: v7() }), [{ kind: 'filed', label: code }])
  const steps = [
    () => supplement(me, code, sizes),
    () => actOn(me, code),
    () => isKnown || comeBack(scene, me, code),
    () => chance(2) && begin(scene, me),
  ]
  for (const step of steps) if (!scene.isOver()) await step()
}

/** By the code sent to a phone. Where the answer that brought it, or the session, was lost, the person stays unknown. */
async function signIn(me: Person, phones: Phones, phone: string): Promise<boolean> {
  await me.form('/sign-in', () => ({ phone }))
  const code = phones.codeTo(phone)
  return code !== null && (await me.form('/sign-in/code', () => ({ phone, code }))).isDone
}

/** The code of a new draft. Whoever was told it holds the secret that opens it. */
async function begin({ book, keys }: Scene, me: Person): Promise<string | undefined> {
  const story = `三月起在工地绑钢筋，干到五月底，老板一分钱没给。${v7()}`
  const begun = await me.form('/', () => ({ matter: v7(), story, county }))
  const code = /^\/m\/(\w+)\//.exec(begun.headers.get('location') ?? '')?.[1]
  if (!code) return undefined
  const about: About[] = [
    { kind: 'begun', label: code },
    { kind: 'secret', label: `${code} ${secretIn(keys, me, code)}` },
  ]
  book.note('POST /', about, begun)
  return code
}

/** Answers whatever is asked next, until nothing is. */
async function answerAll(me: Person, code: string, sizes: Sizes, contact: Record<string, string>): Promise<void> {
  const living = `西宁市城东区 ${v7()}`
  const answers: Record<string, Record<string, string | string[]>> = { ...wageAnswers, contact, place: { living } }
  for (let at = `/m/${code}/next`; ;) {
    const page = await me.get(at)
    const onward = page.headers.get('location')
    const question = /\/q\/(\w+)/.exec(at)?.[1]
    if (!onward && !question) return
    if (onward) at = onward
    else if (question === 'documents') at = await answerWithPapers(me, code, at, sizes)
    else
      at = await answerOne(
        me,
        at,
        answers[question ?? ''] ?? {},
        question === 'place' ? [{ kind: 'answer', label: `${code} ${living}` }] : [],
      )
  }
}

async function answerOne(me: Person, at: string, fields: Record<string, string | string[]>, about: readonly About[]): Promise<string> {
  const posted = await me.form(at, () => ({ key: v7(), ...fields }), about)
  const onward = posted.headers.get('location')
  if (!onward) throw new Error(`${at} was answered ${posted.status}: ${posted.text.slice(0, 2000)}`)
  return onward
}

/** First, now and then, a form that is refused for one of its papers: none of it is held. */
async function answerWithPapers(me: Person, code: string, at: string, sizes: Sizes): Promise<string> {
  if (chance(2)) await handIn(me, code, at, [pdf(sizes.small), pdf(sizes.middle), refusedOnes.kind()])
  await handIn(me, code, at, await severalPapers(sizes))
  return `/m/${code}/next`
}

const severalPapers = async (sizes: Sizes): Promise<Paper[]> => [
  pdf(sizes.small),
  pdf(sizes.middle),
  await picture(),
  ...(chance(6) ? [pdf(sizes.large)] : []),
]

const handIn = (me: Person, code: string, path: string, papers: readonly Paper[]) =>
  me.files(
    path,
    () => formOf(papers),
    papers.map(({ about }) => about(code)),
  )

async function supplement(me: Person, code: string, sizes: Sizes): Promise<void> {
  const path = `/m/${code}/add/evidence`
  await handIn(me, code, path, [pdf(sizes.small), await picture()])
  await handIn(me, code, path, [pdf(sizes.middle), chance(20) && sizes.large > 1e6 ? refusedOnes.size() : refusedOnes.kind()])
}

/** Whatever forms the page of the matter has for its person, each sent with the version it shows. */
async function actOn(me: Person, code: string): Promise<void> {
  const phone = `138${String(randomInt(1e8)).padStart(8, '0')}`
  await me.form(`/m/${code}/proxy`, () => ({ phone, consents: 'true', key: v7() }))
  const { text } = await me.get(`/m/${code}`)
  const forms = new Set(Array.from(text.matchAll(/action="(\/m\/\w+\/do\/\w+)"/g), ([, path = '']) => path))
  for (const path of forms) {
    if (path.endsWith('/withdraw') && !chance(4)) continue
    const key = v7()
    await me.form(path, () => ({ key, reason: '家里有事，先不办了。' }), [{ kind: 'step', label: key }])
  }
}

/** With code and secret, at another browser; then out. */
async function comeBack(scene: Scene, me: Person, code: string): Promise<void> {
  const secret = secretIn(scene.keys, me, code)
  if (!secret) return
  const elsewhere = new Person(scene)
  await elsewhere.form('/return', () => ({ code, secret }))
  await elsewhere.get(`/m/${code}`)
  await elsewhere.form('/sign-out', () => ({}))
}

/** What this browser remembers. */
const secretIn = (keys: DataKeys, { jar }: Person, code: string): string | undefined =>
  [...jar.values()]
    .flatMap((value) => openCookie(keys, 'secret', decodeURIComponent(value)).split('~'))
    .map((pair) => pair.split('.'))
    .find(([its]) => its === code)?.[1]
