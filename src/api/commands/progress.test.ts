import { expect, test } from 'vitest'
import { progress } from './progress.ts'

test('work that is over within a second says nothing, longer work a line a second', () => {
  let now = 0
  const lines: string[] = []
  const tell = progress(
    (line) => lines.push(line),
    () => now,
  )
  for (let done = 1; done <= 60; done++) {
    now += 50
    tell('public.event', done, 60)
  }
  expect(lines).toEqual(['public.event: 20 of 60\n', 'public.event: 40 of 60\n', 'public.event: 60 of 60\n'])
})
