import { glob, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { serviceSettings } from '#lines/services.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { retentionSettings } from '#records/privacy/retention.ts'

/** Where settings are declared and named; being written there is not being read. */
const declaring = /(settings|setting-words|retention|\.test)\.ts$/

async function sources(): Promise<string> {
  const texts: string[] = []
  for await (const file of glob('src/**/*.ts')) if (!declaring.test(file)) texts.push(await readFile(file, 'utf8'))
  return texts.join('\n')
}

test('whatever can be set governs something: an officer publishes no standard that nothing reads', async () => {
  const source = await sources()
  const isRead = (key: string) =>
    source.includes(`'${key}'`) || (Object.hasOwn(retentionSettings, key) && source.includes('`retention.${key}Days`'))
  expect(Object.keys({ ...serviceSettings, ...recordSettings }).filter((key) => !isRead(key))).toEqual([])
})
