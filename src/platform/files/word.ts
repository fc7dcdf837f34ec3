import { refuseFile } from './file-refused.ts'
import { unzipped, type Part } from './zip.ts'

/** A Word document as it is; refused where something in it runs, or is fetched, when it is opened (ECMA-376). */
export function onlyWord(bytes: Buffer): Buffer {
  lookInto(unzipped(bytes), 0)
  return bytes
}

/** A chart keeps its workbook within the document; what lies deeper than that is hidden there. */
const deepest = 1

function lookInto(parts: readonly Part[], depth: number): void {
  for (const part of parts) {
    if (isActiveName(part.name) || isCompound(part.bytes)) refuseFile('active')
    if (isZip(part.bytes)) {
      if (depth >= deepest) refuseFile('active')
      lookInto(unzipped(part.bytes), depth + 1)
    } else if (isMarkup(part)) lookIntoMarkup(part)
  }
}

/** Macros and controls by the names office programs give them. */
const isActiveName = (name: string): boolean => /vbaproject|vbadata|activex|\.bas$|\.xlm$|macrosheets?\//i.test(name)

/** The container of macros, embedded objects and older documents, whatever it is called here (MS-CFB §2.2). */
const isCompound = (bytes: Buffer): boolean => bytes.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1'

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'

const isMarkup = ({ name, bytes }: Part): boolean =>
  /\.(xml|rels|vml)$/i.test(name) || /^(\xff\xfe|\xfe\xff|\xef\xbb\xbf)?\s*<\??[\w!]/.test(bytes.toString('latin1', 0, 64))

/** What is wrong with a text of markup, by the kind of part. */
const looks: readonly { in: RegExp; isActive(text: string): boolean }[] = [
  { in: /\.rels$/i, isActive: (text) => linksIn(text).some(loads) },
  { in: /^\[content_types\]\.xml$/i, isActive: (text) => /vbaproject|macroenabled|activex|ms-office\.vba/i.test(text) },
  { in: /./, isActive: (text) => fieldsIn(text).some((field) => activeField.test(field)) },
]

function lookIntoMarkup({ name, bytes }: Part): void {
  const text = textOf(bytes)
  // The standard allows none, and with one a name could be spelt in ways that are not seen here.
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) refuseFile('active')
  if (looks.some((look) => look.in.test(name) && look.isActive(text))) refuseFile('active')
}

/** Markup is UTF-8 or UTF-16 (ECMA-376-2 §8.2.4); in another encoding the reader might see what we do not. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return bytes.toString('utf16le')
  if (first === 0xfe && second === 0xff)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le')
  const text = bytes.toString('utf8')
  const encoding = /^\uFEFF?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)/i.exec(text)?.[1] ?? 'utf-8'
  if (!/^(utf-?8|us-ascii)$/i.test(encoding) || text.includes('\0')) refuseFile('unreadable')
  return text
}

type Link = { type: string; target: string; isOutside: boolean }

/** The relationships of a part to others, and to what lies outside. */
const linksIn = (text: string): Link[] =>
  [...text.matchAll(/<(?:[\w.-]+:)?Relationship\s((?:[^>"']|"[^"]*"|'[^']*')*)>/g)].map(([, attributes = '']) => {
    const its = attributesOf(attributes)
    const target = (its.get('Target') ?? '').trim()
    return {
      type: (its.get('Type') ?? '').split('/').at(-1) ?? '',
      target,
      isOutside: /^external$/i.test(its.get('TargetMode') ?? '') || /^([a-z][a-z\d+.-]*:|[\\/]{2})/i.test(target),
    }
  })

const attributesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
      name,
      plain(double ?? single ?? ''),
    ]),
  )

const named: ReadonlyMap<string, string> = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }))

/** Text with its character references resolved. */
const plain = (text: string): string =>
  text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, dec, name) =>
    name ? (named.get(name) ?? all) : characterOf(hex ? Number.parseInt(hex, 16) : Number(dec)),
  )

const characterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD')

/** What may stand outside: a link that is followed by a click, with a scheme that opens no program; and the template a document was once made from, on a disk of its writer's, which nobody else's program finds. */
const harmless: Readonly<Record<string, RegExp>> = {
  hyperlink: /^(https?:|mailto:|tel:|ftp:|file:|#|(?![a-z][a-z\d+.-]*:))/i,
  attachedTemplate: /^(file:\/{3}[a-z]:|[a-z]:\\|[^\\/:]*$)/i,
}

/** Parts that are another document, of a kind that may fetch or run: put in whole, or as a frame. */
const nested = /^(aFChunk|subDocument|frame|control|oleObject|vbaProject)$/i

const loads = ({ type, target, isOutside }: Link): boolean =>
  nested.test(type) || (isOutside && !(Object.hasOwn(harmless, type) && (harmless[type]?.test(target) ?? false)))

/** The instructions of a document's fields: each in one attribute, or in the pieces between its beginning and its end. */
function fieldsIn(text: string): string[] {
  const whole = [...text.matchAll(/\s(?:[\w.-]+:)?instr\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, double, single]) => double ?? single ?? '',
  )
  const begun = text.split(/fldCharType\s*=\s*["']begin["']/).slice(1)
  const pieced = begun.map((from) =>
    [...from.matchAll(/<(?:[\w.-]+:)?(?:instrText|delInstrText)(?:\s[^>]*)?>([^<]*)</g)].map(([, piece = '']) => piece).join(''),
  )
  return [...whole, ...pieced].map(plain)
}

/** Fields that start a program, that fetch a picture or a text from elsewhere, or that spell another field by the numbers of its letters. */
const activeField = /^\s*(DDE(AUTO)?\b|INCLUDE(PICTURE|TEXT)\s+"?\s*(https?:|ftp:|file:|\\{2})|QUOTE(\s+\d{2,3}){4})/i
