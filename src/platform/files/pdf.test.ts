import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { zipped } from '#test/archives.ts'
import { fateOf } from '#test/fate-of.ts'
import { packedObjects, pdfOf, stream, withCatalogue } from '#test/pdfs.ts'

const script = '<</S/JavaScript/JS(app.alert\\(1\\))>>'
const hex = (name: string) => [...name].map((letter) => `#${letter.charCodeAt(0).toString(16)}`).join('')

describe('a PDF that does something by itself is not taken (S-M15)', () => {
  const hostile: Record<string, Buffer> = {
    'a script when it is opened': withCatalogue(`/OpenAction ${script}`),
    'a script named in pieces': withCatalogue(`/OpenAction 5 0 R`, `<</S/${hex('JavaScript')}/${hex('JS')}(1)>>`),
    'a script among its names': withCatalogue(
      '/Names<</JavaScript<</Names[(a) 5 0 R]>>>>',
      '<</S/JavaScript/JS 6 0 R>>',
      stream('app.alert(1)'),
    ),
    'a script packed with other objects': withCatalogue('/OpenAction 101 0 R', packedObjects(['<</Type/Font>>', script])),
    'a script packed into a stream that does not say what it is': withCatalogue(
      '',
      packedObjects([script]).toString('latin1').replace('/Type/ObjStm', ''),
    ),
    'a script in an object that lies within a picture': withCatalogue(
      '',
      `<</Subtype/Image/Length 99>>\nstream\n\x01\x02 9 9 obj${script}\nendstream`,
    ),
    'a script behind a comment': Buffer.concat([withCatalogue(''), Buffer.from(`5 %\n0 %\nobj%\n${script}\nendobj\n%%EOF`)]),
    'a script in a second catalogue': Buffer.concat([withCatalogue(''), withCatalogue(`/OpenAction ${script}`)]),
    'a script in the trailer': pdfOf(['<</Type/Catalog>>'], `/X ${script}`),
    'a script in a list': withCatalogue('', `[[[${script}]]]`),
    'a program that is started': withCatalogue('/OpenAction<</S/Launch/F(cmd.exe)>>'),
    'a program behind a place in the file': withCatalogue('/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[<</S/URI/URI(http://example.org)>>]>>'),
    'an address that is opened with it': withCatalogue('/OpenAction<</S/URI/URI(http://example.org)>>'),
    'an address that is opened with a page': withCatalogue('', '<</Type/Page/AA<</O 6 0 R>>>>', '<</S/URI/URI(http://example.org)>>'),
    'an action that is not there': withCatalogue('/OpenAction 77 0 R'),
    'a file within': withCatalogue(
      '/Names<</EmbeddedFiles<</Names[(a) 5 0 R]>>>>',
      '<</F(a.exe)/EF<</F 6 0 R>>>>',
      stream('MZ', '/Type/EmbeddedFile'),
    ),
    'a file within that does not say what it is': withCatalogue('', '<</Type/Filespec/UF(a.exe)/EF<</F 6 0 R>>>>', stream('MZ')),
    'another file that is opened': withCatalogue('', '<</S/GoToR/F(\\\\\\\\example.org\\\\a.pdf)>>'),
    'content that lies elsewhere': withCatalogue('', stream('', '/F<</FS/URL/F(http://example.org/a)>>')),
    'a film that is a program': withCatalogue('', '<</Type/Annot/Subtype/RichMedia>>'),
    'a form that is a program': withCatalogue('/AcroForm<</Fields[]/XFA 5 0 R>>', stream('<xdp/>')),
    'a form that is sent': withCatalogue('', '<</S/SubmitForm/F(http://example.org)>>'),
  }
  test.each(Object.keys(hostile))('%s', async (title) => {
    expect(await fateOf(hostile[title]!)).toBe('active') // a key of it
  })

  test('however its names are spelt, wherever the script is put', async () => {
    const spelt = fc
      .array(fc.boolean(), { minLength: 10, maxLength: 10 })
      .map((marks) => [...'JavaScript'].map((letter, at) => (marks[at] ? hex(letter) : letter)).join(''))
    const space = fc.stringMatching(/^[ \n\r\t\0]{1,3}$/)
    const put = fc.constantFrom(
      (action: string) => withCatalogue(`/OpenAction ${action}`),
      (action: string) => withCatalogue('', action),
      (action: string) => withCatalogue('', packedObjects(['<</A 1>>', action, '<</B 2>>'])),
      (action: string) => withCatalogue('', `<</Kids[<</A ${action}>>]>>`),
    )
    await fc.assert(
      fc.asyncProperty(spelt, space, put, async (name, gap, into) => {
        expect(await fateOf(into(`<<${gap}/S${gap}/${name}${gap}/X${gap}(1)>>`))).toBe('active')
      }),
    )
  })
})

describe('a PDF that cannot be looked into is not taken', () => {
  test('one that is locked, with objects packed away', async () => {
    expect(await fateOf(pdfOf(['<</Type/Catalog>>', packedObjects(['<</A 1>>'])], '/Encrypt 9 0 R'))).toBe('locked')
    expect(await fateOf(pdfOf(['<</Type/Catalog>>'], '/Encrypt 9 0 R'))).toBe('pdf')
  })

  test.each([
    ['objects packed in a way nobody packs them', packedObjects(['<</A 1>>'], '/DecodeParms<</Predictor 12>>')],
    ['objects packed twice', packedObjects(['<</A 1>>']).toString('latin1').replace('/FlateDecode', '[/FlateDecode/ASCIIHexDecode]')],
    ['packed objects that are damaged', packedObjects([`<</A(${'x'.repeat(400)})>>`]).fill(0xff, 75, 85)],
    ['a packed text without end, behind which a script stands', packedObjects(['(', script])],
    ['more packed objects than there are', packedObjects(['<</A 1>>']).toString('latin1').replace('/N 1', '/N 9')],
    ['values in values without end', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['a dictionary without end', '<</A (x'],
  ])('%s', async (_, object) => {
    expect(await fateOf(withCatalogue('', object))).toBe('unreadable')
  })

  test('objects that lie in one another keep the reader busy for no more than a moment', async () => {
    const started = performance.now()
    expect(await fateOf(withCatalogue('', `${'obj['.repeat(20_000)}`))).toBe('unreadable')
    expect(await fateOf(withCatalogue('', `${' obj<</A('.repeat(90_000)}${')>>'.repeat(90_000)}`))).toBe('unreadable')
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('nothing a stranger sends is a fault of ours: a hundred thousand bytes of any kind are kept or refused', async () => {
    const piece = fc.constantFrom(
      'obj',
      '<<',
      '>>',
      '[',
      ']',
      '(',
      ')',
      '/JS',
      '/N 3/First 9',
      'stream\n',
      'endstream',
      '5 0 R ',
      '%',
      '<',
      'trailer',
      '\\',
      ' 7 0 obj',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 200 }), async (pieces) => {
        expect(await fateOf(withCatalogue('', pieces.join(' ')))).toMatch(/^(pdf|active|unreadable|locked)$/)
      }),
    )
  })
})

describe('an ordinary PDF is taken', () => {
  const ordinary: Record<string, Buffer> = {
    'with a page it opens at': withCatalogue('/OpenAction[3 0 R/XYZ null null 0]'),
    'with a page it opens at, by an action of its own': withCatalogue('/OpenAction 5 0 R', '<</S/GoTo/D[3 0 R/Fit]>>'),
    'with a page it opens at, packed away': withCatalogue(
      '/OpenAction 100 0 R',
      packedObjects(['<</S/GoTo/D[3 0 R/Fit]>>', '<</Type/Font/BaseFont/JSong>>']),
    ),
    'with links to the web': withCatalogue('', '<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org)>>>>'),
    'with a form that is signed': withCatalogue(
      '/AcroForm<</SigFlags 3/Fields[5 0 R]>>',
      '<</FT/Sig/V<</Type/Sig/Filter/Adobe.PPKLite/Contents<00ff>>>/F 132>>',
    ),
    'that speaks of scripts': withCatalogue(
      '/Lang(zh)',
      stream('BT (/JavaScript /Launch obj << /JS) Tj ET'),
      '<</Title(/JavaScript \\(/JS\\))>>',
    ),
    'whose pictures hold any bytes': withCatalogue('', stream(Buffer.from(Array.from({ length: 60_000 }, (_, n) => (n * 7919) % 256)))),
    'changed since, as signing does': Buffer.concat([
      withCatalogue(''),
      Buffer.from('1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R/Prev 9>>\n%%EOF\n'),
    ]),
  }
  test.each(Object.keys(ordinary))('%s', async (title) => {
    expect(await fateOf(ordinary[title]!)).toBe('pdf') // a key of it
  })

  test('as a browser prints it', async () => {
    expect(await fateOf(await readFile(new URL('../../../test/papers/printed.pdf', import.meta.url)))).toBe('pdf')
  })

  test('with pictures of any bytes in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1000, maxLength: 20_000 }), async (bytes) => {
        const picture = Buffer.concat([
          Buffer.from(`<</Subtype/Image/Filter/DCTDecode/Length ${bytes.length}>>\nstream\n`),
          bytes,
          Buffer.from('\nendstream'),
        ])
        expect(await fateOf(withCatalogue('', picture))).toBe('pdf')
      }),
    )
  })
})

test.each([
  ['at its end', (zip: Buffer) => Buffer.concat([withCatalogue(''), zip, Buffer.from('%%EOF')])],
  ['in its midst', (zip: Buffer) => Buffer.concat([withCatalogue(''), zip, withCatalogue('')])],
])('a PDF with an archive %s is not taken', async (_, put) => {
  expect(await fateOf(put(zipped([{ name: 'a.exe', content: 'MZ' }])))).toBe('typeNotAllowed')
})
