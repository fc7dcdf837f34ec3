import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Matter, Panel } from '../contract.ts'
import { paths } from '../frame/paths.ts'
import { Reading } from './matter-reading.tsx'

/** A part of the page, with its heading. */
export type PartOf = { key: string; title: string; isPersonal?: true; isShown?(matter: Matter): boolean; show(matter: Matter): ReactNode }

/** The panels of one shape as parts of the page, as the matter's service declares them. */
export const panelParts = ({ panels }: Matter, shape: Panel['shape']): PartOf[] =>
  panels
    .filter((panel) => panel.shape === shape)
    .map((panel) => ({
      key: `panel-${panel.key}`,
      title: panel.title,
      show: () => <Drawing note={panel.note}>{draw(panel)}</Drawing>,
    }))

const draw = <S extends Panel['shape']>(panel: Panel<S>): ReactNode => drawings[panel.shape](panel)

const drawings: { [S in Panel['shape']]: (panel: Panel<S>) => ReactNode } = {
  reading: ({ reading }) => <Reading reading={reading} />,
  alike: ({ others }) => <Alike others={others} />,
  /** Drawn in the form that chooses from them. */
  candidates: () => null,
}

const Drawing = ({ note, children }: { note: string | null; children: ReactNode }) => (
  <>
    {note && <p className="aside">{note}</p>}
    {children}
  </>
)

/** Other matters about the same, to see who received first. */
const Alike = ({ others }: Pick<Panel<'alike'>, 'others'>) => (
  <ul className="list">
    {others.map(({ region, id, number, regionName, stateTitle, receivedOn }) => (
      <li key={id}>
        <Link to={paths.matter} params={{ region, id }}>
          {number}
        </Link>
        <span className="aside">{`${regionName} · ${receivedOn} 收到 · ${stateTitle}`}</span>
      </li>
    ))}
  </ul>
)
