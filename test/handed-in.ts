import type { Upload } from '#platform/http/route.ts'

/** A file as a form brings it. */
export const handedIn = (name: string, bytes: Buffer): Upload => ({ field: 'file', name, read: async () => bytes })
