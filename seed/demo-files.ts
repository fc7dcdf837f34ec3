import sharp from 'sharp'
import type { FileStore, StoredFile } from '#platform/files/file-store.ts'

export type DemoFiles = { picture: StoredFile; paper: StoredFile }

/** One picture and one paper, both plainly not anybody's; every demo document is one of the two. */
export async function putDemoFiles(files: FileStore): Promise<DemoFiles> {
  const [picture, paper] = await Promise.all([
    files.put(await demoPicture(), { name: '演示.png' }),
    files.put(demoPaper, { name: '演示.pdf' }),
  ])
  return { picture, paper }
}

const demoPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 480, height: 300, channels: 3, background: '#e8e4da' } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="480" height="300"><rect x="20" y="20" width="440" height="260" fill="none" stroke="#8a8171" stroke-width="3"/><path d="M20 280 460 20M20 20 460 280" stroke="#c9c1b0" stroke-width="2"/></svg>',
        ),
      },
    ])
    .png()
    .toBuffer()

/** A sheet with the lines of a form and a seal without words: no font that holds Chinese is in every reader. */
const drawing = [
  '0.78 0.74 0.66 RG 2 w 40 40 340 515 re S',
  '1 w 130 490 160 14 re S',
  ...Array.from({ length: 11 }, (_, line) => `70 ${440 - line * 26} m ${line % 4 === 3 ? 230 : 350} ${440 - line * 26} l S`),
  '0.7 0.12 0.1 RG 3 w 270 80 70 70 re S 287 97 36 36 re S',
].join('\n')

const demoPaper = Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<<>>>>endobj
4 0 obj<</Length ${drawing.length}>>stream
${drawing}
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
`)
