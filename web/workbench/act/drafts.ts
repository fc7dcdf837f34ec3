import { v7 } from 'uuid'
import type { At } from '../contract.ts'

/** What was typed into one form, and the key this opening acts under. */
export type Draft = { key: string; values: Record<string, unknown> }

/** A form by its name in its matter. What is typed into a personal one is kept in memory alone; the rest outlives a reload of this tab. */
export type Form = { key: string; isPersonal: boolean }

const memory = new Map<string, Draft>()
const shelf = 'fahui.draft/'
const owner = 'fahui.drafts-of'
const nameOf = ({ region, id }: At, form: string) => `${shelf}${region}/${id}/${form}`

/** A key made by this client: however often it is sent, the act happens once. */
export const newKey = (): string => v7()

/** The draft of a form, begun if there is none. */
export function draftOf(at: At, form: Form): Draft {
  const name = nameOf(at, form.key)
  const draft = memory.get(name) ?? stored(name) ?? { key: newKey(), values: {} }
  memory.set(name, draft)
  return draft
}

/** Keeps what is typed, so that signing in again or reloading the matter loses nothing. */
export function keepDraft(at: At, form: Form, draft: Draft) {
  const name = nameOf(at, form.key)
  memory.set(name, draft)
  if (!form.isPersonal) tab((its) => its.setItem(name, JSON.stringify(draft)))
}

/** Forgets a draft once it is sent or given up. */
export function dropDraft(at: At, form: Form) {
  const name = nameOf(at, form.key)
  memory.delete(name)
  tab((its) => its.removeItem(name))
}

/** Forgets every draft: another person is at the desk. */
export function dropDrafts() {
  memory.clear()
  tab((its) => {
    for (const name of Object.keys(its)) if (name.startsWith(shelf) || name === owner) its.removeItem(name)
  })
}

/** Drafts wait for the one who typed them, and for nobody else. */
export function claimDrafts(account: string) {
  if (tab((its) => its.getItem(owner)) !== account) dropDrafts()
  tab((its) => its.setItem(owner, account))
}

/** Whether somebody worked in this tab and has not signed out. */
export const isDraftsOwned = (): boolean => Boolean(tab((its) => its.getItem(owner)))

function stored(name: string): Draft | undefined {
  const text = tab((its) => its.getItem(name))
  return text ? (JSON.parse(text) as Draft) : undefined // written by `keepDraft` alone
}

/** A browser may forbid the tab's store, or find it full: then memory has to do. */
function tab<T>(work: (its: Storage) => T): T | undefined {
  try {
    return work(window.sessionStorage)
  } catch {
    return undefined
  }
}
