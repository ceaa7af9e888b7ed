import autocannon from 'autocannon'

// One round of load in a process of its own, so that it can be pinned. Arguments as JSON; the figures as JSON on stdout.

export type Round = {
  readonly url: string
  readonly body: string
  readonly key: string
  readonly seconds: number
  readonly connections: number
}
export type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly failed: number }

const round = JSON.parse(process.argv[2] ?? '{}') as Round
const result = await autocannon({
  url: round.url,
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${round.key}` },
  body: round.body,
  connections: round.connections,
  duration: round.seconds,
})
const figures: Figures = {
  perSecond: result.requests.average,
  p50: result.latency.p50,
  p99: result.latency.p99,
  failed: result.non2xx + result.errors,
}
process.stdout.write(JSON.stringify(figures))
