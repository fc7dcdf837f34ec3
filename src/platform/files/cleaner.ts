import { readFileSync, writeSync } from 'node:fs'
import { cleaned } from './cleaning.ts'
import { FileRefused, type WhyRefused } from './file-refused.ts'

/** What it says of the file. */
type Answer = { refused: WhyRefused } | { mime: string; extension: string; length: number }

/** Where it finds the file, puts what is kept of it, and says what it is: all it is given. */
const handles = { file: 0, kept: 1, answer: 3 }

/** Reads one file, answers what is kept of it, and ends. */
async function clean(): Promise<void> {
  writeSync(handles.answer, JSON.stringify(await judged(readFileSync(handles.file))))
}

async function judged(handedIn: Buffer): Promise<Answer> {
  try {
    const { bytes, mime, extension } = await cleaned(handedIn)
    for (let at = 0; at < bytes.length;) at += writeSync(handles.kept, bytes, at)
    return { mime, extension, length: bytes.length }
  } catch (error) {
    // Whatever a parser throws at what a stranger sent is that file's fault, and no fault of the service.
    return { refused: error instanceof FileRefused ? error.code : 'unreadable' }
  }
}

await clean()
