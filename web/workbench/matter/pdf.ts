import { getDocument, PDFWorker, version } from 'pdfjs-dist'
import { workerAddress } from '../content-policy.ts'
import { basePath } from '../frame/paths.ts'

/** One page drawn: its text, for those who hear it. */
export type Drawn = { text: string }

/** A PDF held open; close it when it is no longer shown. */
export type Pdf = {
  pages: number
  draw(canvas: HTMLCanvasElement, page: number, its: { width: number; zoom: number }): Promise<Drawn>
  close(): void
}

/** Where the build puts the reader's worker, and what some PDFs need: character maps, standard fonts, decoders. */
const parts = `${basePath}/assets/pdf-${version}`

/** Opens a PDF from its bytes. Nothing in it runs, and nothing is compiled: the decoders are the ones without WebAssembly. */
export async function openPdf(bytes: ArrayBuffer): Promise<Pdf> {
  const port = new Worker(workerAddress(`${parts}/build/pdf.worker.min.mjs`), { type: 'module' })
  const loading = getDocument({
    data: bytes,
    worker: PDFWorker.create({ port }),
    cMapUrl: `${parts}/cmaps/`,
    standardFontDataUrl: `${parts}/standard_fonts/`,
    wasmUrl: `${parts}/wasm/`,
    useWasm: false,
    enableXfa: false,
    disableWorkerRendering: true,
  })
  const close = () => void loading.destroy().finally(() => port.terminate())
  const pdf = await loading.promise.catch((error: unknown) => {
    close()
    throw error
  })
  return {
    pages: pdf.numPages,
    close,
    async draw(canvas, number, { width, zoom }) {
      const page = await pdf.getPage(number)
      const scale = (width / page.getViewport({ scale: 1 }).width) * zoom
      const viewport = page.getViewport({ scale: scale * window.devicePixelRatio })
      const fresh = Object.assign(document.createElement('canvas'), {
        width: Math.ceil(viewport.width),
        height: Math.ceil(viewport.height),
      })
      await page.render({ canvas: fresh, viewport }).promise
      // Drawn aside and put up whole: a page turned quickly never shows half of another.
      Object.assign(canvas, { width: fresh.width, height: fresh.height })
      canvas.style.width = `${Math.round(viewport.width / window.devicePixelRatio)}px`
      canvas.getContext('2d')?.drawImage(fresh, 0, 0)
      const { items } = await page.getTextContent()
      return { text: items.map((item) => ('str' in item ? item.str : '')).join(' ') }
    },
  }
}
