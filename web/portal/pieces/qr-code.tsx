import { encode } from 'uqr'

/** A square code a phone's camera opens, with the white edge it needs. `label` says where it leads. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img would have to carry the drawing as text, a third larger
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path className="light" d={`M0 0h${size}v${size}H0z`} />
      <path
        d={data
          .map((row, y) =>
            runs(row)
              .map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
              .join(''),
          )
          .join('')}
      />
    </svg>
  )
}

/** Where a row is dark: from which column, and for how many. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    const last = found.at(-1)
    if (isDark && last && last[0] + last[1] === x) last[1]++
    else if (isDark) found.push([x, 1])
  }
  return found
}
