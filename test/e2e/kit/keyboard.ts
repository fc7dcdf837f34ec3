import type { ElementHandle, Locator } from 'playwright-core'
import { expect } from 'vitest'
import { indexOf, isNative, type Means, type Name } from './hands.ts'

/** A person who cannot use a mouse: Tab and arrows until what they want has the focus and shows it, then keys. Nothing else touches the page. */
export const keyboard: Means = {
  async activate(target) {
    await reach(target)
    await press(target, 'Enter')
  },
  async write(target, text) {
    await reach(target)
    await press(target, 'Control+A')
    await target.page().keyboard.type(text)
  },
  async tick(target) {
    await reach(target)
    if (!(await target.isChecked())) await press(target, 'Space')
    await expect.poll(() => target.isChecked()).toBe(true)
  },
  async pick(target, option) {
    await reach(target)
    return (await isNative(target)) ? pickNative(target, option) : pickDrawn(target, option)
  },
  async date(target, day) {
    await reach(target)
    if ((await target.getAttribute('type')) === 'date') await typeDay(target, day)
    else {
      await press(target, 'Control+A')
      await target.page().keyboard.type(day)
    }
  },
  // Which file is chosen in a window of the system, outside the page.
  async attach(target, file) {
    await reach(target)
    await target.setInputFiles(file)
  },
}

const press = (target: Locator, key: string) => target.page().keyboard.press(key)

/** More presses than anyone would make to cross one page. */
const farthest = 250

/** Moves the focus to `target`, or throws: it cannot be reached, or outline and shadow do not tell it from the same element without the focus. */
async function reach(target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' })
  const handle = (await target.elementHandle()) as ElementHandle<Element> // attached: just waited for
  let unfocused: string | undefined
  for (let made = 0; made < farthest; made++) {
    const { where, look } = await handle.evaluate(standing)
    if (where === 'here' && unfocused !== undefined && look !== unfocused) return
    if (where === 'here' && unfocused !== undefined) throw new Error(`the focus cannot be seen on: ${await markupOf(handle)}`)
    if (where !== 'here') unfocused = look
    await press(target, keys[where])
  }
  throw new Error(`cannot be reached by keyboard: ${await markupOf(handle)}`)
}

const markupOf = (handle: ElementHandle<Element>) => handle.evaluate((its) => its.outerHTML.slice(0, 200))

/** What to press from where the focus stands. One that has it from the start is left and come back to, to see the difference. */
const keys = { here: 'Tab', ahead: 'Tab', behind: 'Shift+Tab', aheadInGroup: 'ArrowDown', behindInGroup: 'ArrowUp' } as const

/** Where the focus stands from an element, and how the element and what surrounds it look once they have stopped fading. Runs in the page. */
async function standing(target: Element): Promise<{ where: keyof typeof keys; look: string }> {
  const active = document.activeElement ?? document.body
  const around = [target, target.nextElementSibling, target.parentElement, target.parentElement?.parentElement]
  const fading = around.flatMap((its) => its?.getAnimations().filter((one) => one instanceof CSSTransition) ?? [])
  await Promise.allSettled(fading.map(({ finished }) => finished))
  const looks = around.flatMap((its) => {
    if (!its) return []
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(its)
    return [outlineStyle === 'none' ? '' : outlineWidth + outlineColor, boxShadow]
  })
  const isGroup =
    target instanceof HTMLInputElement && target.type === 'radio' && target.name !== '' && active.matches(`[name="${target.name}"]`)
  const isAhead = (target.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
  const where = isAhead ? (isGroup ? 'aheadInGroup' : 'ahead') : isGroup ? 'behindInGroup' : 'behind'
  return { where: active === target ? 'here' : where, look: looks.join('|') }
}

async function pickNative(target: Locator, option: Name): Promise<void> {
  const [to, from] = [await indexOf(target, option), await target.evaluate((its) => (its as HTMLSelectElement).selectedIndex)] // a native list
  for (let at = from; at !== to; at += Math.sign(to - from)) await press(target, to > from ? 'ArrowDown' : 'ArrowUp')
  expect(await target.evaluate((its) => (its as HTMLSelectElement).selectedIndex)).toBe(to) // a native list
}

/** The workbench's lists say which option is meant as a screen reader would: by `aria-activedescendant`. */
async function pickDrawn(target: Locator, option: Name): Promise<void> {
  const isMeant = (label: string) => (typeof option === 'string' ? label === option : option.test(label))
  await press(target, 'ArrowDown')
  await expect.poll(() => target.getAttribute('aria-expanded')).toBe('true')
  for (let made = 0; made < farthest; made++) {
    if (isMeant(await meantIn(target))) return press(target, 'Enter')
    await press(target, 'ArrowDown')
  }
  throw new Error(`no option ${option} can be reached by arrow keys`)
}

const meantIn = (list: Locator): Promise<string> =>
  list.evaluate((its) => {
    const option = document.getElementById(its.getAttribute('aria-activedescendant') ?? '')
    return option?.getAttribute('aria-label') ?? option?.textContent ?? ''
  })

/** The parts of a browser's date field stand in the order of the browser's language, so both are tried. */
async function typeDay(target: Locator, day: string): Promise<void> {
  const [year = '', month = '', date = ''] = day.split('-')
  const orders = [
    [month, date, year],
    [year, 'ArrowRight', month, date],
  ]
  for (const order of orders) {
    for (const part of order) await (part === 'ArrowRight' ? press(target, part) : target.page().keyboard.type(part))
    if ((await target.inputValue()) === day) return
    for (const _ of order) await press(target, 'ArrowLeft')
  }
  throw new Error(`the day ${day} cannot be typed`)
}
