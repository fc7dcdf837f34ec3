import { v7 } from 'uuid'
import type { At } from './contract.ts'

/** What was typed into one action's form, and the key this opening acts under. */
export type Draft = { key: string; values: Record<string, unknown> }

// In memory only: a draft may hold personal data, and must outlive no more than a sign-in within this tab.
const drafts = new Map<string, Draft>()
const nameOf = ({ region, id }: At, action: string) => `${region}/${id}/${action}`

/** A key made by this client: however often it is sent, the act happens once. */
export const newKey = (): string => v7()

/** The draft of an action's form, begun if there is none. */
export function draftOf(at: At, action: string): Draft {
  const name = nameOf(at, action)
  const draft = drafts.get(name) ?? { key: newKey(), values: {} }
  drafts.set(name, draft)
  return draft
}

/** Keeps what is typed, so that signing in again or reloading the matter loses nothing. */
export const keepDraft = (at: At, action: string, draft: Draft) => void drafts.set(nameOf(at, action), draft)

/** Forgets a draft once it is sent or given up. */
export const dropDraft = (at: At, action: string) => void drafts.delete(nameOf(at, action))

/** Forgets every draft: another person is at the desk. */
export const dropDrafts = () => drafts.clear()
