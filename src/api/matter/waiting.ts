import { whoTitle } from '#kernel/face.ts'
import type { Line } from '#kernel/line.ts'
import { pick, say, type Language } from '#platform/messages/messages.ts'

/** For whom a matter waits in a state, by seat or desk, and that in words. */
export function waitingOf(line: Line, state: string, language: Language): { waitsFor: string[]; waitsForTitle: string } {
  const waitsFor = [...(line.states[state]?.waitsFor ?? [])]
  const who = waitsFor.map((one) => pick(whoTitle(line, one), language)).join(language === 'zh' ? '、' : ', ')
  return { waitsFor, waitsForTitle: waitsFor.length ? say(language, 'queue.waitsFor', { who }) : say(language, 'queue.waitsForNobody') }
}
