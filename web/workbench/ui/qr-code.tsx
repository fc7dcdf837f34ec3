import { renderSVG } from 'uqr'

/** A QR code, black on white whatever the theme: phones read nothing else. */
export const QrCode = ({ text, label }: { text: string; label: string }) => (
  <img className="qr" alt={label} src={`data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`} />
)

/** Letters in fours, as they are read out and typed. */
export const inFours = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ')
