import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive; `declared` and `says` lie about its size and, in the directory, its name. */
export type Packed = { name: string; content: Buffer | string; declared?: number; says?: string; flags?: number }

/** An archive as every program packs one, unless a part says otherwise. */
export function zipped(parts: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const content = Buffer.from(part.content)
    const packed = deflateRawSync(content)
    const head = headOf(part, content, packed)
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), head, Buffer.alloc(2), Buffer.from(part.name), packed])
    const offset = Buffer.alloc(4)
    offset.writeUInt32LE(at)
    const name = Buffer.from(part.says ?? part.name)
    const named = Buffer.from(head)
    named.writeUInt16LE(name.length, 22)
    entries.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), named, Buffer.alloc(12), offset, name]))
    locals.push(local)
    at += local.length
  }
  return Buffer.concat([...locals, ...entries, endOf(parts.length, Buffer.concat(entries).length, at)])
}

/** What stands in both heads of a part, from the version needed to the length of its name. */
function headOf({ name, declared, flags = 0 }: Packed, content: Buffer, packed: Buffer): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt16LE(20)
  head.writeUInt16LE(flags, 2)
  head.writeUInt16LE(8, 4)
  head.writeUInt32LE(crc32(content), 10)
  head.writeUInt32LE(packed.length, 14)
  head.writeUInt32LE(declared ?? content.length, 18)
  head.writeUInt16LE(Buffer.byteLength(name), 22)
  return head
}

function endOf(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(start, 16)
  return end
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A relationship of a part of a Word document, by the last word of its type. */
export const link = (type: string, target: string, mode = 'External'): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/${type}" Target="${target}" TargetMode="${mode}"/></Relationships>`

/** The parts of a Word document as Word itself writes them, as far as it takes them for one; more may be added. */
export const wordParts = (body = '<w:p><w:r><w:t>工资条</w:t></w:r></w:p>'): Packed[] => [
  {
    name: '[Content_Types].xml',
    content: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${wordType}"/></Types>`,
  },
  { name: '_rels/.rels', content: link('officeDocument', 'word/document.xml', 'Internal') },
  {
    name: 'word/document.xml',
    content: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  },
]

/** A Word document with these parts besides. */
export const word = (...more: Packed[]): Buffer => zipped([...wordParts(), ...more])
