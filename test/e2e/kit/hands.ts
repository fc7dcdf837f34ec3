import type { Locator, Page } from 'playwright-core'
import { arrive } from './arrive.ts'

export type Name = string | RegExp
type Upload = { name: string; mimeType: string; buffer: Buffer }

/** The few movements everything else is made of; a mouse and a keyboard differ in these alone. */
export type Means = {
  activate(target: Locator): Promise<void>
  write(target: Locator, text: string): Promise<void>
  /** Chooses a radio button or ticks a box. */
  tick(target: Locator): Promise<void>
  /** Chooses from a list, the browser's own or the workbench's. */
  pick(target: Locator, option: Name): Promise<void>
  /** A day, YYYY-MM-DD, in the browser's own field or in one that is typed. */
  date(target: Locator, day: string): Promise<void>
  attach(target: Locator, file: Upload): Promise<void>
}

/** What a person does on a page, by the names they read there. `within` narrows it to a dialog or a row. */
export type Hand = ReturnType<typeof handOn>

/** A hand at a page. `seen` is called on every page it comes to. */
export function handOn(page: Page, means: Means, seen: (page: Page) => Promise<void> = async () => {}) {
  const field = (name: Name, within: Locator | Page) => within.getByLabel(name).and(within.locator(controls)).first()
  const come = async (going: () => Promise<unknown>) => {
    await arrive(page, going)
    await seen(page)
  }
  return {
    page,
    open: (url: string) => come(() => page.goto(url)),
    /** Goes where a link leads. */
    follow: (name: Name) => come(() => means.activate(page.getByRole('link', { name }).first())),
    /** Sends a form to the server, which answers with a page. */
    send: (name: Name) => come(() => means.activate(page.getByRole('button', { name: whole(name) }).first())),
    /** Presses what changes the page it stands on. */
    press: (name: Name, within: Locator | Page = page) => means.activate(within.getByRole('button', { name: whole(name) }).first()),
    /** Opens the matter, queue or page of the workbench a link names. */
    go: (name: Name, within: Locator | Page = page) => means.activate(within.getByRole('link', { name }).first()),
    unfold: (name: Name) => means.activate(page.locator('summary').filter({ hasText: name }).first()),
    type: (name: Name, text: string, within: Locator | Page = page) => means.write(field(name, within), text),
    date: (name: Name, day: string, within: Locator | Page = page) => means.date(field(name, within), day),
    tick: (name: Name, within: Locator | Page = page) => means.tick(option(name, within)),
    pick: (name: Name, chosen: Name, within: Locator | Page = page) => means.pick(list(name, within), chosen),
    attach: (name: Name, file: Upload, within: Locator | Page = page) => means.attach(field(name, within), file),
  }
}

/** What is typed into, or given a file. */
const controls = 'input:not([type=radio]):not([type=checkbox]), textarea'
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A button is known by all of its name, save the spaces a component library puts into two characters. */
const whole = (name: Name) => (typeof name === 'string' ? new RegExp(`^${[...name].map(escaped).join('\\s*')}$`) : name)

/** A choice is known by how it begins: its hint is part of its name. */
function option(name: Name, within: Locator | Page): Locator {
  const starting = typeof name === 'string' ? new RegExp(`^${escaped(name)}`) : name
  return within
    .getByRole('radio', { name: starting })
    .or(within.getByRole('checkbox', { name: starting }))
    .first()
}

const list = (name: Name, within: Locator | Page): Locator => within.getByRole('combobox', { name }).first()

/** The hand most people have. */
export const mouse: Means = {
  activate: (target) => target.click(),
  write: (target, text) => target.fill(text),
  tick: (target) => target.check(),
  date: (target, day) => target.fill(day),
  attach: (target, file) => target.setInputFiles(file),
  async pick(target, option) {
    if (await isNative(target)) return void (await target.selectOption({ index: await indexOf(target, option) }))
    await target.click()
    await target.page().getByTitle(option).last().click()
  },
}

export const isNative = (list: Locator): Promise<boolean> => list.evaluate((its) => its instanceof HTMLSelectElement)

/** Where an option stands in the browser's own list. */
export async function indexOf(list: Locator, option: Name): Promise<number> {
  const labels = await list.locator('option').allTextContents()
  const at = labels.findIndex((label) => (typeof option === 'string' ? label === option : option.test(label)))
  if (at < 0) throw new Error(`no option ${option} among ${labels.join(' ')}`)
  return at
}
