import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { onBothEngines } from '#test/both-engines.ts'
import { files } from '../../vitest.config.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const both = onBothEngines(files)

test('every file that opens a world, or a database of its own, is tried on both engines', () => {
  const opening = /\bawait (?:world|openPostgres)\(/
  const opens = globSync(files, { cwd: root }).filter((file) => opening.test(readFileSync(`${root}${file}`, 'utf8')))
  expect(opens.length).toBeGreaterThan(60)
  expect(opens.filter((file) => !both.includes(file))).toEqual([])
})
test('a file of pure reckoning is tried once', () => {
  expect(both).not.toContain('src/kernel/calendar/calendar.test.ts')
  expect(both).not.toContain('src/lines/legal-aid/means/means.test.ts')
})
