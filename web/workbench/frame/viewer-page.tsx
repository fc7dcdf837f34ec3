import type { ReactNode } from 'react'

/** Where a file is drawn; it has the focus, so that who uses no mouse can move about in what is larger than it. */
export const ViewerPage = ({ label, children }: { label: string; children: ReactNode }) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
  <section className="viewer-page" aria-label={label} tabIndex={0}>
    {children}
  </section>
)
