import { Agent, request } from 'node:http'
import { COMMIT, cartOf, LIMITED_CART, RESERVE } from './checkout-shop.ts'

// Clients at checkout, in a process of their own. Arguments as JSON; the figures as JSON on stdout.

export type CheckoutRound = {
  readonly url: string
  readonly key: string
  readonly clients: number
  readonly round: string
  /** CHECKOUTS: reserve and commit, for so many seconds. LAST_ONES: reserve one limited offer until nothing is left. */
  readonly what: 'CHECKOUTS' | 'LAST_ONES'
  readonly seconds: number
  readonly total: number
}
export type CheckoutFigures = { readonly done: number; readonly seconds: number; readonly reserveMs: number; readonly commitMs: number }

const round = JSON.parse(process.argv[2] ?? '{}') as CheckoutRound
const agent = new Agent({ keepAlive: true, maxSockets: round.clients })
const url = new URL(round.url)
const latencies = { reserve: [] as number[], commit: [] as number[] }

// biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at field by field
async function ask(query: string, input: object, took: number[]): Promise<any> {
  const startedAt = performance.now()
  const body = JSON.stringify({ query, variables: { input } })
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${round.key}` },
    })
    sent.on('error', reject).on('response', (response) => {
      let answer = ''
      response.setEncoding('utf8').on('data', (part: string) => (answer += part))
      response.on('end', () => resolve(answer)).on('error', reject)
    })
    sent.end(body)
  })
  took.push(performance.now() - startedAt)
  const answer = JSON.parse(text)
  if (answer.errors) throw new Error(text.slice(0, 1_000))
  return answer.data
}

let next = 0
let done = 0
const startedAt = performance.now()
const over = () => performance.now() - startedAt > round.seconds * 1_000

async function checkouts(): Promise<void> {
  while (!over()) {
    const n = next++
    const name = `${round.round}-${n}`
    const { reserve } = await ask(
      RESERVE,
      { ...cartOf(n), idempotencyKey: `reserve-${name}`, expectedTotal: round.total },
      latencies.reserve,
    )
    if (reserve.__typename !== 'Reservation') throw new Error(JSON.stringify(reserve))
    const input = { reservationId: reserve.id, orderExternalId: name, idempotencyKey: `commit-${name}` }
    const { commit } = await ask(COMMIT, input, latencies.commit)
    if (commit.__typename !== 'Order') throw new Error(JSON.stringify(commit))
    done += 1
  }
}

async function lastOnes(): Promise<void> {
  for (;;) {
    const input = { cart: LIMITED_CART, idempotencyKey: `${round.round}-${next++}`, expectedTotal: round.total }
    const { reserve } = await ask(RESERVE, input, latencies.reserve)
    if (reserve.reason === 'LIMIT_REACHED') return
    if (reserve.__typename !== 'Reservation') throw new Error(JSON.stringify(reserve))
    done += 1
  }
}

await Promise.all(Array.from({ length: round.clients }, round.what === 'CHECKOUTS' ? checkouts : lastOnes))
const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const figures: CheckoutFigures = {
  done,
  seconds: (performance.now() - startedAt) / 1_000,
  reserveMs: middle(latencies.reserve),
  commitMs: middle(latencies.commit),
}
process.stdout.write(JSON.stringify(figures))
agent.destroy()
