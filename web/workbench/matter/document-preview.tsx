import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Skeleton } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { documentQuery } from '../api.ts'
import type { At, Document } from '../contract.ts'
import { documentUrl } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { usePressed } from '../ui/use-pressed.ts'
import { ViewerPage } from '../frame/viewer-page.tsx'
import { zoomed, zooms } from './zoom.ts'

const PdfPages = lazy(() => import('./pdf-pages.tsx'))

/** How a kind of file is shown in the page; any other is downloaded. */
const viewers: Record<string, 'image' | 'pdf'> = {
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/webp': 'image',
  'image/gif': 'image',
}

/** Whether a file can be looked at without downloading it. */
export const mayPreview = ({ mime }: Document) => mime in viewers

type Its = { at: At; document: Document; by: HTMLElement | undefined; close: () => void }

/** A file beside the matter it belongs to. Looking at it is recorded like downloading it. */
export function DocumentPreview({ at, document, by, close }: Its) {
  // Once the drawer is gone, and its hold on the focus with it.
  useEffect(() => () => by?.focus(), [by])
  const { data, error, refetch } = useQuery(documentQuery(at, document.id))
  return (
    <Drawer
      open
      size={960}
      title={document.name}
      rootClassName="action-drawer preview"
      onClose={close}
      extra={
        <a href={documentUrl(at, document.id)} download={document.name}>
          下载
        </a>
      }
    >
      {error && !data && <LoadFailure error={error} retry={refetch} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      {data && viewers[document.mime] === 'image' && <Picture name={document.name} file={data} />}
      {data && viewers[document.mime] === 'pdf' && (
        <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 12 }} />}>
          <PdfPages name={document.name} file={data} url={documentUrl(at, document.id)} />
        </Suspense>
      )}
    </Drawer>
  )
}

function Picture({ name, file }: { name: string; file: Blob }) {
  const [url] = useState(() => URL.createObjectURL(file))
  const [turns, setTurns] = useState(0)
  const [zoom, setZoom] = useState(1)
  const turn = () => setTurns(turns + 1)
  usePressed({
    r: turn,
    R: turn,
    '+': () => setZoom(zoomed(zoom, 1)),
    '=': () => setZoom(zoomed(zoom, 1)),
    '-': () => setZoom(zoomed(zoom, -1)),
  })
  return (
    <div className="viewer">
      <p className="viewer-tools">
        <Button onClick={turn}>旋转（R）</Button>
        <Button aria-label="缩小" disabled={zoom === zooms[0]} onClick={() => setZoom(zoomed(zoom, -1))}>
          －
        </Button>
        <Button aria-label="放大" disabled={zoom === zooms.at(-1)} onClick={() => setZoom(zoomed(zoom, 1))}>
          ＋
        </Button>
      </p>
      <ViewerPage label={name}>
        <img src={url} alt={name} data-turns={turns % 4} style={{ width: `${zoom * 100}%` }} onLoad={() => URL.revokeObjectURL(url)} />
      </ViewerPage>
    </div>
  )
}
