/** How PostgreSQL and the network say that the database is not there: it is starting, stopping, full of connections, or nobody answers (PostgreSQL appendix A, class 08, 53 and 57). */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
])

/** How the driver says the same of a connection that ended or was not to be had. */
const words =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/

/** Whether an error says that the database is gone, and nothing of what was asked of it. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && codes.has(String(error.code))) || words.test(error.message))
