import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { link, word, wordParts, zipped, type Packed } from '#test/archives.ts'
import { fateOf } from '#test/fate-of.ts'

const rels = (content: string, name = 'word/_rels/document.xml.rels'): Packed => ({ name, content })
const field = (...pieces: string[]): Packed => ({
  name: 'word/header1.xml',
  content: `<w:p><w:fldChar w:fldCharType="begin"/>${pieces.map((piece) => `<w:r><w:instrText xml:space="preserve">${piece}</w:instrText></w:r>`).join('')}<w:fldChar w:fldCharType="end"/></w:p>`,
})
const wide = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')

describe('a Word document that does something by itself is not taken (S-M15)', () => {
  const hostile: Record<string, Buffer> = {
    'a template from elsewhere': word(rels(link('attachedTemplate', 'https://example.org/a.dotm'), 'word/_rels/settings.xml.rels')),
    'a template on another machine': word(rels(link('attachedTemplate', String.raw`file://example.org/share/a.dotm`))),
    'a template on another machine, without a scheme': word(rels(link('attachedTemplate', String.raw`\\example.org\share\a.dotm`))),
    'a template whose address is spelt in numbers': word(
      rels(link('attachedTemplate', '&#104;ttps://example.org/a.dotm', '&#x45;xternal')),
    ),
    'a template behind a sign that ends no tag': word(
      rels(link('attachedTemplate', 'https://example.org/a.dotm').replace('Id="rId1"', `Id="a>"`)),
    ),
    'a template in a text of two bytes a letter': word({
      name: 'word/_rels/settings.xml.rels',
      content: wide(link('attachedTemplate', 'https://example.org/a.dotm')),
    }),
    'a picture from elsewhere': word(rels(link('image', 'http://example.org/a.png'))),
    'an object from elsewhere': word(rels(link('oleObject', 'mhtml:http://example.org/a.html!x-usc:http://example.org/a.html'))),
    'a link that starts a program': word(rels(link('hyperlink', 'ms-msdt:/id PCWDiagnostic'))),
    'a page put in whole': word(rels(link('aFChunk', 'afchunk.mht', 'Internal'))),
    'a frame': word(rels(link('frame', 'http://example.org/'))),
    macros: word({ name: 'word/vbaProject.bin', content: compound }),
    'macros under another name': word({ name: 'word/media/picture.png', content: Buffer.concat([compound, Buffer.alloc(600)]) }),
    'an object': word({ name: 'word/embeddings/oleObject1.bin', content: compound }),
    'a control': word({ name: 'word/activeX/activeX1.xml', content: '<ax:ocx/>' }),
    'a workbook with macros': word({ name: 'word/embeddings/a.xlsm', content: zipped([{ name: 'xl/vbaProject.bin', content: 'x' }]) }),
    'a workbook that fetches': word({
      name: 'word/embeddings/a.xlsx',
      content: zipped([rels(link('externalLinkPath', 'http://example.org/b.xlsx'), 'xl/externalLinks/_rels/a.xml.rels')]),
    }),
    'an archive in an archive': word({
      name: 'word/embeddings/a.xlsx',
      content: zipped([{ name: 'b.zip', content: zipped([{ name: 'c', content: 'x' }]) }]),
    }),
    'a field that starts a program': word(field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" ')),
    'the same in pieces': word(field(' D', 'DE', 'AUTO x y ')),
    'the same in one attribute': word({ name: 'word/footer1.xml', content: '<w:fldSimple w:instr=" DDE excel a "/>' }),
    'the same by the numbers of its letters': word(field(' QUOTE 68 68 69 65 85 84 79 ')),
    'a field that fetches': word(field(' INCLUDEPICTURE "https://example.org/a.png" \\d ')),
    'a name for something else': word({
      name: 'word/styles.xml',
      content: '<!DOCTYPE x [<!ENTITY a SYSTEM "http://example.org/">]><x>&a;</x>',
    }),
  }
  test.each(Object.keys(hostile))('%s', async (title) => {
    expect(await fateOf(hostile[title]!)).toBe('active') // a key of it
  })

  test('whatever is outside and is no link one follows, however it is said', async () => {
    const types = fc.constantFrom(
      'image',
      'attachedTemplate',
      'oleObject',
      'subDocument',
      'frame',
      'video',
      'mailMergeSource',
      'externalLink',
    )
    const targets = fc.constantFrom(
      'http://example.org/a',
      'https://example.org/a',
      'ftp://example.org/a',
      String.raw`\\example.org\a`,
      '//example.org/a',
      'file://example.org/a',
    )
    const mode = fc.constantFrom('External', 'external', 'Internal', '&#69;xternal')
    const letters = fc.func(fc.boolean())
    await fc.assert(
      fc.asyncProperty(types, targets, mode, letters, async (type, target, its, isSpelt) => {
        const spelt = [...target].map((letter, at) => (isSpelt(at) ? `&#${letter.charCodeAt(0)};` : letter)).join('')
        expect(await fateOf(word(rels(link(type, spelt, its))))).toBe('active')
      }),
    )
  })
})

describe('an archive that readers would unpack differently, or that bursts, is not taken', () => {
  const big = { name: 'word/media/a.bmp', content: Buffer.alloc(8 * 1024 * 1024) }
  const hostile: Record<string, [Buffer, string]> = {
    'more than it declares (S-M15)': [word({ ...big, declared: 10 }), 'unreadable'],
    'less than it declares': [word({ name: 'word/a.xml', content: 'x', declared: 2 }), 'unreadable'],
    'eight megabytes of nothing in a few thousand bytes': [word(big), 'tooLarge'],
    'hundreds of megabytes': [word({ ...big, declared: 300 * 1024 * 1024 }), 'tooLarge'],
    'more parts than any document': [
      word(...Array.from({ length: 2000 }, (_, n) => ({ name: `word/${n}.xml`, content: '<x/>' }))),
      'tooLarge',
    ],
    'a name twice': [word({ name: 'WORD/document.xml', content: '<x/>' }), 'unreadable'],
    'a name that leads out': [word({ name: '../a.xml', content: '<x/>' }), 'unreadable'],
    'a name that the directory does not say': [word({ name: 'word/a.bin', says: 'word/b.bin', content: 'x' }), 'unreadable'],
    'a locked part': [word({ name: 'word/a.xml', content: '<x/>', flags: 1 }), 'locked'],
    'cut short': [word().subarray(0, -3), 'unreadable'],
  }
  test.each(Object.keys(hostile))('%s', async (title) => {
    const [bytes, fate] = hostile[title]! // a key of it
    expect(await fateOf(bytes)).toBe(fate)
  })
})

describe('an ordinary Word document is taken', () => {
  const ordinary: Record<string, Buffer> = {
    'as small as it gets': word(),
    'with links to the web and to a mailbox': word(
      rels(link('hyperlink', 'https://example.org/a?b=1&amp;c=2')),
      rels(link('hyperlink', 'mailto:a@example.org'), 'word/_rels/header1.xml.rels'),
    ),
    'made from a template on its writer’s own disk': word(
      rels(link('attachedTemplate', String.raw`file:///C:\Users\wang\Templates\%E9%80%9A%E7%9F%A5.dotx`), 'word/_rels/settings.xml.rels'),
    ),
    'with a picture': word(
      { name: 'word/media/image1.png', content: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
      rels(link('image', 'media/image1.png', 'Internal')),
    ),
    'with a chart and its workbook': word(
      { name: 'word/embeddings/Microsoft_Excel_Sheet1.xlsx', content: zipped([{ name: 'xl/workbook.xml', content: '<workbook/>' }]) },
      rels(link('package', '../embeddings/Microsoft_Excel_Sheet1.xlsx', 'Internal'), 'word/charts/_rels/chart1.xml.rels'),
    ),
    'with page numbers, a table of contents and a link in a field': word(
      field(' PAGE \\* MERGEFORMAT '),
      { ...field(' HYPERLINK "https://example.org/dde/includepicture" '), name: 'word/footer1.xml' },
      { ...field(' TOC \\o "1-3" \\h '), name: 'word/footer2.xml' },
    ),
    'that speaks of macros': zipped(
      wordParts('<w:p><w:r><w:t>DDEAUTO vbaProject activeX INCLUDEPICTURE http://example.org</w:t></w:r></w:p>'),
    ),
  }
  test.each(Object.keys(ordinary))('%s', async (title) => {
    expect(await fateOf(ordinary[title]!)).toBe('docx') // a key of it
  })
})
