import { type CheckoutShop, COMMIT, cartOf, RESERVE } from './checkout-shop.ts'
import { ask } from './shop.ts'

/** So many checkouts one after another; the milliseconds that each commit took. */
export async function checkouts(base: string, { key, total }: CheckoutShop, round: number, count: number): Promise<number[]> {
  const plugin = (query: string, input: object) => ask(`${base}/storefront/graphql`, key, query, { input })
  const times: number[] = []
  for (let n = 0; n < count; n += 1) {
    const name = `checkout-${round}-${n}`
    const { reserve } = await plugin(RESERVE, { ...cartOf(n), idempotencyKey: `reserve-${name}`, expectedTotal: total })
    if (reserve.__typename !== 'Reservation') throw new Error(`not reserved: ${JSON.stringify(reserve)}`)
    const startedAt = performance.now()
    const { commit } = await plugin(COMMIT, { reservationId: reserve.id, orderExternalId: name, idempotencyKey: `commit-${name}` })
    times.push(performance.now() - startedAt)
    if (commit.__typename !== 'Order') throw new Error(`not committed: ${JSON.stringify(commit)}`)
  }
  return times
}
