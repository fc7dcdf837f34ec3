/** Queues of slow effects, by name. A failed job is retried with growing pauses and then kept a month, for a person to look at. */
export const queues = {
  effect: {
    retryLimit: 8,
    retryBackoff: true,
    retryDelay: 5,
    expireInSeconds: 120,
    retentionSeconds: 14 * 86_400,
    deleteAfterSeconds: 30 * 86_400,
  },
} as const
