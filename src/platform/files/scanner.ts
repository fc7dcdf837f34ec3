/** What a scanner says of a file: nothing is wrong with it, it is known to do harm and under which name, or it could not be asked. */
export type ScanResult = { is: 'clean' } | { is: 'infected'; found: string } | { is: 'unavailable'; why: string }

/** Whoever knows harmful files by their looks. Nothing is served before it has found nothing wrong, where there is one. */
export type Scanner = {
  /** False where nobody scans. */
  isSet: boolean
  /** `signal` ends it without a result. */
  scan(bytes: Buffer, signal?: AbortSignal): Promise<ScanResult>
  /** Whether it answers at this moment, in a second at most. */
  answers(): Promise<boolean>
}

/** Nobody: files are served as they were taken in. */
export const noScanner: Scanner = {
  isSet: false,
  scan: async () => ({ is: 'unavailable', why: 'no scanner is set' }),
  answers: async () => false,
}
