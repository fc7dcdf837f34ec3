import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SealBroken } from '#platform/keys/crypto.ts'
import { openKeyring, rotate, type LiveKeyring } from '#platform/keys/keyring.ts'
import { word, zipped } from '#test/archives.ts'
import { FileRefused, maxFileBytes } from './file-refused.ts'
import { fileStore, type FileStore } from './file-store.ts'
import { folderBlobs } from './folder-blobs.ts'

let home: string
let dir: string
let ring: LiveKeyring
let store: FileStore

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'fahui-files-'))
  dir = join(home, 'files')
  ring = await openKeyring(home, 'aes256gcm')
  store = fileStore(folderBlobs(dir), ring)
})
afterEach(() => rm(home, { recursive: true, force: true }))

const picture = (): Sharp => sharp({ create: { width: 60, height: 40, channels: 3, background: '#336699' } })
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n', 'latin1')

/** The EXIF tag that points to the place (0x8825), as sharp writes it, low byte first. */
const gpsTag = Buffer.from([0x25, 0x88])

const padded = (bytes: number): Buffer => Buffer.concat([pdf, Buffer.alloc(bytes - 2 * pdf.length, 32), pdf])

const exif = {
  IFD0: { Make: 'PhoneMaker' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '23/1 7/1 45/1', GPSLongitudeRef: 'E', GPSLongitude: '113/1 15/1 52/1' },
}

async function refusalOf(bytes: Buffer, name = 'a.pdf'): Promise<string> {
  try {
    return `kept as ${(await store.put(bytes, { name })).mime}`
  } catch (error) {
    return error instanceof FileRefused ? error.code : String(error)
  }
}

const keptFiles = async (): Promise<string[]> =>
  (await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
const pathOf = (hash: string): string => join(dir, hash.slice(0, 2), hash.slice(2, 4), hash)

test('a photograph is kept without the place and the phone it was taken with, and stands upright', async () => {
  const taken = await picture().withMetadata({ orientation: 6 }).withExifMerge(exif).jpeg().toBuffer()
  const before = await sharp(taken).metadata()
  expect([before.orientation, before.exif?.includes('PhoneMaker'), before.exif?.includes(gpsTag)]).toEqual([6, true, true])
  const { hash, mime } = await store.put(taken, { name: 'IMG_1.jpg' })
  const kept = await store.read(hash)
  const { exif: left, xmp, width, height, orientation } = await sharp(kept).metadata()
  expect({ mime, left, xmp, width, height, orientation }).toEqual({ mime: 'image/jpeg', width: 40, height: 60 })
  expect(kept.includes('Exif')).toBe(false)
})

test('a PNG loses its text and place as well', async () => {
  const { hash, mime } = await store.put(await picture().withExif(exif).png().toBuffer(), { name: 'a.png' })
  const kept = await store.read(hash)
  expect([mime, kept.includes('eXIf'), kept.includes('PhoneMaker')]).toEqual(['image/png', false, false])
})

test('what is hidden behind a picture does not reach the store', async () => {
  const { hash } = await store.put(Buffer.concat([await picture().jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>')]), {
    name: 'a.jpg',
  })
  expect((await store.read(hash)).includes('<script>')).toBe(false)
})

test('a PDF is kept as it is, found by its hash, and its bytes are counted', async () => {
  const stored = await store.put(pdf, { name: '申请书.pdf' })
  expect(stored).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: pdf.length, mime: 'application/pdf', name: '申请书.pdf' })
  expect(await store.read(stored.hash)).toEqual(pdf)
  expect((await stat(pathOf(stored.hash))).mode & 0o777).toBe(0o400)
})

test('the same content handed in twice, also at once, is one file', async () => {
  await store.put(pdf, { name: '甲.pdf' })
  await Promise.all([store.put(pdf, { name: '乙.pdf' }), store.put(pdf, { name: '丙.pdf' })])
  expect(await keptFiles()).toHaveLength(1)
})

describe('at rest', () => {
  const words = '张三的工资条'
  const letter = Buffer.concat([pdf.subarray(0, 9), Buffer.from(`%${words}\n`), pdf.subarray(9)])
  const overwrite = async (hash: string, bytes: Buffer) => {
    await chmod(pathOf(hash), 0o600)
    await writeFile(pathOf(hash), bytes)
  }

  /** Whatever eight bytes of a file one looks for. */
  const pieces = (bytes: Buffer): Buffer[] => Array.from({ length: bytes.length - 7 }, (_, at) => bytes.subarray(at, at + 8))

  test.each(['aes256gcm', 'sm4ctr-hmacsm3'] as const)('no eight bytes of a PDF or a photograph stand on the disk: %s', async (suite) => {
    store = fileStore(folderBlobs(dir), { ...ring, suite })
    for (const handedIn of [letter, await picture().jpeg().toBuffer()]) {
      const { hash, bytes } = await store.put(handedIn, { name: 'a' })
      const [kept, plain] = [await readFile(pathOf(hash)), await store.read(hash)]
      expect([plain.length, plain.subarray(0, 4)]).toEqual([bytes, handedIn.subarray(0, 4)])
      expect(pieces(plain).filter((piece) => kept.includes(piece))).toEqual([])
    }
  })

  test('a file that changed on disk is not given out as the one handed in, whichever byte it was', async () => {
    const { hash } = await store.put(pdf, { name: 'a.pdf' })
    const kept = await readFile(pathOf(hash))
    for (const at of [0, 20, kept.indexOf('\n') + 1, kept.length - 1]) {
      const changed = Buffer.from(kept)
      changed[at] = (changed[at] ?? 0) ^ 1
      await overwrite(hash, changed)
      await expect(store.read(hash)).rejects.toThrow(/altered|has changed|[Nn]ot a? ?sealed|No data key/)
    }
    await overwrite(hash, Buffer.from('another'))
    await expect(store.read(hash)).rejects.toThrow(/has changed where it lies/)
  })

  test('a file put in the place of another is refused, though both are ours', async () => {
    const [one, other] = [await store.put(pdf, { name: 'a.pdf' }), await store.put(letter, { name: 'b.pdf' })]
    await overwrite(one.hash, await readFile(pathOf(other.hash)))
    await expect(store.read(one.hash)).rejects.toThrow(SealBroken)
  })

  test('a file an older version kept in the clear is read, and sealed when the keys are gone over', async () => {
    const { hash } = await store.put(letter, { name: 'a.pdf' })
    await overwrite(hash, letter)
    expect(await store.read(hash)).toEqual(letter)
    expect([await store.reseal(hash), await store.reseal(hash)]).toEqual([true, false])
    expect((await readFile(pathOf(hash))).includes(words)).toBe(false)
    expect(await store.read(hash)).toEqual(letter)
  })

  test('after a rotation a file is brought under the new key, and opens without the old one', async () => {
    const { hash } = await store.put(letter, { name: 'a.pdf' })
    const old = ring.current
    await rotate(home)
    await ring.reread()
    expect([await store.reseal(hash), await store.reseal(hash)]).toEqual([true, false])
    const without = { suite: ring.suite, current: ring.current, keys: new Map([...ring.keys].filter(([kid]) => kid !== old)) }
    expect(await fileStore(folderBlobs(dir), without).read(hash)).toEqual(letter)
  })

  test('a write that was cut off leaves no file, and what it leaves is swept when no write can be under way any more', async () => {
    const { hash } = await store.put(pdf, { name: 'a.pdf' })
    const draft = `${pathOf(hash)}.draft-0123456789ab`
    await rename(pathOf(hash), draft)
    expect(await store.has(hash)).toBe(false)
    expect(await store.sweep(new Date(Date.now() - 3_600_000))).toBe(0)
    expect(await store.sweep(new Date(Date.now() + 1000))).toBe(1)
    expect(await keptFiles()).toEqual([])
  })

  test('every kept file is listed by its hash, and nothing else is', async () => {
    const kept = [await store.put(pdf, { name: 'a.pdf' }), await store.put(letter, { name: 'b.pdf' })]
    await writeFile(`${pathOf(kept[0]?.hash ?? '')}.draft-0123456789ab`, 'cut')
    const listed: string[] = []
    for await (const hash of store.list()) listed.push(hash)
    expect(listed.toSorted()).toEqual(kept.map(({ hash }) => hash).toSorted())
  })
})

test('a path is never taken for a hash', async () => {
  await expect(store.read('../../etc/passwd')).rejects.toThrow(/SHA-256/)
})

describe('size', () => {
  test('26 MB is refused, 25 MB to the byte is taken', async () => {
    expect(await refusalOf(padded(26 * 1024 * 1024))).toBe('tooLarge')
    expect(await refusalOf(padded(maxFileBytes + 1))).toBe('tooLarge')
    expect(await refusalOf(padded(maxFileBytes))).toBe('kept as application/pdf')
  })

  test('an empty file is refused as empty', async () => {
    expect(await refusalOf(Buffer.alloc(0))).toBe('empty')
  })

  test('a picture that would decode to more than 64 megapixels is refused', async () => {
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: 'white' } })
      .png()
      .toBuffer()
    expect(await refusalOf(bomb)).toBe('unreadable')
  })
})

describe('kind', () => {
  const refused: Record<string, Buffer> = {
    'a program': Buffer.concat([Buffer.from('MZ\x90\x00\x03', 'latin1'), Buffer.alloc(400)]),
    'a Linux program': Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(400)]),
    'a web page': Buffer.from('<!doctype html><script>alert(1)</script>'),
    'a drawing that can hold scripts': Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    'a GIF': Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'),
    'plain text': Buffer.from('你好'),
    'a web page with a PDF inside': Buffer.concat([Buffer.from('<html>'), pdf]),
    'a PDF behind a byte-order mark': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), pdf]),
    'a PDF behind a music tag': Buffer.concat([Buffer.from('ID3\x03\x00\x00\x00\x00\x00\x00', 'latin1'), pdf]),
    'an archive without a document': zipped([{ name: 'a.txt', content: 'a' }]),
    'a PDF that is an archive too': Buffer.concat([pdf, zipped([{ name: 'a.txt', content: 'a' }]), Buffer.from('%%EOF')]).subarray(0, -5),
  }

  test.each(Object.keys(refused))('%s named like a PDF is refused by what it holds', async (title) => {
    expect(await refusalOf(refused[title] ?? Buffer.alloc(0))).toMatch(/typeNotAllowed|unreadable/)
    expect(await keptFiles()).toEqual([])
  })

  test('a picture or a PDF cut short is refused as unreadable', async () => {
    const taken = await sharp({
      create: { width: 400, height: 400, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
      .jpeg()
      .toBuffer()
    expect(await refusalOf(taken.subarray(0, taken.length / 2))).toBe('unreadable')
    expect(await refusalOf(pdf.subarray(0, 30))).toBe('unreadable')
  })

  test('a HEIC photograph this build cannot decode is refused as unreadable, not kept with its place', async () => {
    const heic = Buffer.concat([Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', 'latin1'), Buffer.alloc(200)])
    expect(await refusalOf(heic, 'IMG_2.heic')).toBe('unreadable')
  })
})

test('a Word document is kept, and one cut short is refused', async () => {
  expect(await refusalOf(word(), 'a.docx')).toBe('kept as application/vnd.openxmlformats-officedocument.wordprocessingml.document')
  expect(await refusalOf(word().subarray(0, -3))).toBe('unreadable')
})

const film = (...inMoov: Buffer[]): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isommp41', 'latin1')),
    box('moov', box('mvhd', Buffer.alloc(100)), ...inMoov),
    box('mdat', Buffer.from('frames')),
  ])

describe('films', () => {
  const place = '+23.1291+113.2644/'

  test('a film is kept without the place it was taken, and nothing else moves', async () => {
    const taken = film(
      box('trak', box('tkhd', Buffer.alloc(84)), box('udta', Buffer.from(place))),
      box('udta', box('\xa9xyz', Buffer.from(place))),
      box('meta', Buffer.from(place)),
    )
    const { hash, mime, bytes } = await store.put(taken, { name: 'a.mp4' })
    const kept = await store.read(hash)
    expect([mime, bytes, kept.includes(place), kept.indexOf('frames')]).toEqual(['video/mp4', taken.length, false, taken.indexOf('frames')])
  })

  test('a film of boxes in boxes without end is refused as unreadable', async () => {
    let nested = box('moov', Buffer.alloc(0))
    for (let depth = 0; depth < 4; depth++) nested = box('moov', nested)
    expect(await refusalOf(film(nested))).toBe('unreadable')
    const head = (left: number) => Buffer.from([0, (left >> 16) & 255, (left >> 8) & 255, left & 255, ...Buffer.from('moov', 'latin1')])
    const deep = Buffer.concat(Array.from({ length: 20_000 }, (_, at) => head((20_000 - at) * 8)))
    expect(await refusalOf(Buffer.concat([film(), deep]))).toBe('unreadable')
  })

  test('a film whose boxes do not fit together is refused as unreadable', async () => {
    expect(await refusalOf(Buffer.concat([film(), Buffer.from('<script>')]))).toBe('unreadable')
    expect(await refusalOf(film().subarray(0, -2))).toBe('unreadable')
    expect(await refusalOf(box('ftyp', Buffer.from('isom\0\0\x02\0isommp41', 'latin1')))).toBe('unreadable')
  })
})

test.each([
  ['../../etc/合同.pdf', '合同.pdf'],
  [String.raw`C:\桌面\合同.PDF`, '合同.pdf'],
  ['合同\u202Efdp.exe', '合同fdp.pdf'],
  ['合同\r\nX-Evil: 1.pdf', '合同X-Evil: 1.pdf'],
  ['.pdf', '文件.pdf'],
  ['长'.repeat(300), `${'长'.repeat(80)}.pdf`],
])('a file named %j is served as %j', async (given, served) => {
  expect((await store.put(pdf, { name: given })).name).toBe(served)
})

function box(type: string, ...parts: Buffer[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0))
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...parts])
}
