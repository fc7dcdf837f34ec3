/** One message leaving the platform. `to` is a phone number and goes nowhere but the gateway. */
export type Outgoing = { id: string; to: string; text: string; isCode?: true }

/** The way out to people's phones. Throws when the message was not taken over. */
export type Gateway = { send(message: Outgoing): Promise<void> }

/** Posts each message as JSON to a carrier's HTTP interface; `id` lets it drop a repeat. */
export const httpGateway = (url: string): Gateway => ({
  async send(message) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': message.id },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`message gateway answered ${response.status}`)
  },
})

/** A gateway that keeps what it is given, for tests and trials. `show` is told of each one-time code, since in a trial no phone rings. */
export function keepingGateway(show: (text: string) => void = () => {}): Gateway & { sent: Outgoing[] } {
  const sent: Outgoing[] = []
  return {
    sent,
    async send(message) {
      sent.push(message)
      if (message.isCode) show(message.text)
    },
  }
}
