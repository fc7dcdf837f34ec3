import { accountJoined, joinAccount } from './joining-account.ts'
import { paperRemoved, removePaper } from './removing-paper.ts'
import type { Text } from '../text.ts'

/** The steps that the engine takes in matters of every line, and that stand in none: how the desk names each, and how its person is told. */
export const ownSteps: Readonly<Record<string, { title: Text; told: Text }>> = { [joinAccount]: accountJoined, [removePaper]: paperRemoved }
