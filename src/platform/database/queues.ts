/** How often a process looks for jobs whose process has died; of several the first to come does. */
export const superviseSeconds = 10

/** Queues of slow effects, by name. A failed job is retried with growing pauses and then kept a month, for a person to look at. */
export const queues = {
  effect: {
    retryLimit: 8,
    retryBackoff: true,
    retryDelay: 5,
    expireInSeconds: 120,
    // A process that is killed takes no job with it for longer than this, and the look every `superviseSeconds`.
    heartbeatSeconds: 15,
    retentionSeconds: 14 * 86_400,
    deleteAfterSeconds: 30 * 86_400,
  },
} as const
