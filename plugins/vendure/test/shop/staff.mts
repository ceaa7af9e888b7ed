import type { Shop } from './shop.mts'
import type { Storefront } from './storefront.mts'

type Line = { orderLineId: string; quantity: number }

async function find(shop: Pick<Shop, 'admin'>, code: string) {
  const { orders } = await shop.admin<{ orders: { items: { id: string; payments: { id: string }[] }[] } }>(
    'query ($code: String!) { orders(options: { filter: { code: { eq: $code } } }) { items { id payments { id } } } }',
    { code },
  )
  const [order] = orders.items
  if (order === undefined) throw new Error(`no order ${code}`)
  return order
}

/** Refunds units of an order; answers with the amount. */
export async function refund(shop: Pick<Shop, 'admin'>, code: string, lines: Line[]): Promise<number> {
  const { payments } = await find(shop, code)
  const { refundOrder } = await shop.admin<{ refundOrder: { total: number } }>(
    'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { ... on Refund { total state } ... on ErrorResult { errorCode message } } }',
    { input: { lines, shipping: 0, adjustment: 0, paymentId: payments[0]?.id, reason: 'it came back' } },
  )
  return refundOrder.total
}

/** Calls units off, or the whole order. */
export async function callOff(shop: Pick<Shop, 'admin'>, code: string, lines?: Line[]): Promise<void> {
  const { id } = await find(shop, code)
  await shop.admin(
    'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { ... on Order { state } ... on ErrorResult { errorCode message } } }',
    {
      input: { orderId: id, lines, reason: 'called off' },
    },
  )
}

export async function settlePayment(shop: Pick<Shop, 'admin'>, code: string): Promise<void> {
  const { payments } = await find(shop, code)
  await shop.admin('mutation ($id: ID!) { settlePayment(id: $id) { ... on Payment { state } ... on ErrorResult { errorCode message } } }', {
    id: payments[0]?.id,
  })
}

/** A coupon for whoever is signed in. */
export async function claim(session: Storefront): Promise<string> {
  const { claimRegularsCoupon } = await session.ask<{ claimRegularsCoupon: { code: string } }>(
    'mutation { claimRegularsCoupon(claimCode: "old-friends") { ... on RegularsCoupon { code } ... on RegularsRefusedError { reason } } }',
  )
  return claimRegularsCoupon.code
}

/** Has the sweep done now, which is done each minute. */
export async function runSweep(shop: Pick<Shop, 'admin'>): Promise<void> {
  await shop.admin('mutation { runScheduledTask(id: "regulars-sweep") { success } }')
}
