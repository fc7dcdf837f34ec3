import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { duties } from '#kernel/actor.ts'
import type { Line, Text } from '#kernel/line.ts'
import { lines } from '#lines/services.ts'
import { serviceSettings } from '#lines/services.ts'
import { recordSettings } from '#records/settings/settings.ts'

const page = await readFile(new URL('../../docs/glossary.md', import.meta.url), 'utf8')

/** The text under a heading, up to the next one as high. */
function sectionOf(heading: string): string {
  const [, section = ''] = page.split(`\n${heading}`)
  return section.split(`\n${heading.split(' ')[0]} `)[0] ?? ''
}

/** A row of a table that names the identifier and, where it is given, the word people use for it. */
const hasRow = (section: string, id: string, word = ''): boolean =>
  section.split('\n').some((row) => row.startsWith(`| \`${id}\` |`) && row.split('|')[2]?.trim() !== '' && row.includes(word))

type Titled = { title: Text; desk?: Line['states'][string]['desk'] }

describe.each(lines.map((line) => [line.title.zh, line] as const))('the words of %s stand in the glossary', (title, line) => {
  const section = sectionOf(`## \`${line.key}\` ${title}`)
  test.each(['states', 'actions', 'limits', 'documents'] as const)('%s, each as the desk says it', (part) => {
    const named = Object.entries<Titled>(line[part]).filter(([id, { title, desk }]) => !hasRow(section, id, (desk?.title ?? title).zh))
    expect(named.map(([id]) => id)).toEqual([])
  })
})

test('every duty has its Chinese title', () => {
  expect(duties.filter((duty) => !hasRow(sectionOf('### Duties'), duty))).toEqual([])
})

test('every setting that the law leaves open has a name', () => {
  const keys = [...Object.keys(serviceSettings), ...Object.keys(recordSettings)]
  expect(keys.filter((key) => !hasRow(sectionOf('### Settings'), key))).toEqual([])
})

test('the glossary names no state, action, limit or document that is gone', () => {
  const known = (line: (typeof lines)[number]) =>
    new Set([line.states, line.actions, line.limits, line.documents].flatMap((part) => Object.keys(part)))
  const stale = lines.flatMap((line) => {
    const words = [...sectionOf(`## \`${line.key}\` ${line.title.zh}`).matchAll(/^\| `([^`]+)` \|/gm)].map(([, id]) => id ?? '')
    return words.filter((id) => !known(line).has(id)).map((id) => `${line.key}: ${id}`)
  })
  expect(stale).toEqual([])
})
