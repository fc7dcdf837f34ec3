import { Alert, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { zoomed, zooms } from './zoom.ts'
import { openPdf, type Pdf } from './pdf.ts'
import { usePressed } from '../ui/use-pressed.ts'
import { ViewerPage } from '../frame/viewer-page.tsx'

type Its = { name: string; file: Blob; url: string }

/** A PDF a page at a time, turned by key. */
export default function PdfPages({ name, file, url }: Its) {
  const { pdf, isBroken } = usePdf(file)
  const [page, setPage] = useState(1)
  const [zoom, setZoom] = useState(1)
  const pages = pdf?.pages ?? 1
  const turn = (to: number) => setPage(Math.min(pages, Math.max(1, to)))
  const [next, back] = [() => turn(page + 1), () => turn(page - 1)]
  const [nearer, farther] = [() => setZoom(zoomed(zoom, 1)), () => setZoom(zoomed(zoom, -1))]
  usePressed({ ArrowRight: next, PageDown: next, ArrowLeft: back, PageUp: back, '+': nearer, '=': nearer, '-': farther })
  if (isBroken) return <Alert type="warning" showIcon title="这个文件在这里打不开。" description={<a href={url}>下载后查看</a>} />
  return (
    <div className="viewer">
      <p className="viewer-tools">
        <Button disabled={page === 1} onClick={back}>
          上一页（←）
        </Button>
        <output>{`第 ${page} / ${pages} 页`}</output>
        <Button disabled={page === pages} onClick={next}>
          下一页（→）
        </Button>
        <Button aria-label="缩小" disabled={zoom === zooms[0]} onClick={farther}>
          －
        </Button>
        <Button aria-label="放大" disabled={zoom === zooms.at(-1)} onClick={nearer}>
          ＋
        </Button>
      </p>
      {pdf && <Page key={page} pdf={pdf} page={page} zoom={zoom} label={`${name} 第 ${page} 页`} />}
    </div>
  )
}

function usePdf(file: Blob) {
  const [pdf, setPdf] = useState<Pdf | null>(null)
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    const opening = file.arrayBuffer().then(openPdf)
    opening.then(setPdf, () => setBroken(true))
    return () => void opening.then((its) => its.close()).catch(() => {}) // what never opened needs no closing
  }, [file])
  return { pdf, isBroken }
}

function Page({ pdf, page, zoom, label }: { pdf: Pdf; page: number; zoom: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    const drawn = canvas.current
    const width = drawn?.parentElement?.clientWidth
    if (drawn && width) void pdf.draw(drawn, page, { width, zoom }).then((its) => setText(its.text))
  }, [pdf, page, zoom])
  return (
    <ViewerPage label={label}>
      <canvas ref={canvas} aria-hidden="true" data-drawn={text !== null} />
      <p className="unseen">{`${label}：${text ?? '正在打开'}`}</p>
    </ViewerPage>
  )
}
