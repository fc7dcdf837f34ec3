/** Steps of zoom; what is beyond them is a download. */
export const zooms = [0.5, 0.75, 1, 1.5, 2, 3]

/** The next step from here, or the last. */
export const zoomed = (zoom: number, by: 1 | -1) => zooms[Math.min(zooms.length - 1, Math.max(0, zooms.indexOf(zoom) + by))] ?? 1
