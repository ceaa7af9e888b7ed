/** What a shopper does, step by step. */
import type { Ask, Json, Shop } from './shop.ts'

export async function ok(asked: ReturnType<Ask>): Promise<Json> {
  const { status, body } = await asked
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
  return body
}

/** Which amounts a cart has is worth asking for: not all are shown by default. */
const FIELDS = '?fields=*items,*items.adjustments,+item_total,+item_subtotal,+discount_total,+total,+shipping_total'

export async function makeCart(shop: Shop, store: Ask, email = 'mei@example.com'): Promise<string> {
  const address = {
    first_name: 'Mei',
    last_name: 'Lin',
    address_1: '1 West Lake',
    city: 'Hangzhou',
    country_code: 'cn',
    postal_code: '310000',
  }
  const { cart } = await ok(store('POST', '/store/carts', { region_id: shop.regionId, email, shipping_address: address }))
  return cart.id
}

export const put = async (shop: Shop, store: Ask, cartId: string, sku: string, quantity: number): Promise<Json> =>
  (await ok(store('POST', `/store/carts/${cartId}/line-items${FIELDS}`, { variant_id: shop.variants[sku], quantity }))).cart

export const lookAt = async (store: Ask, cartId: string): Promise<Json> => (await ok(store('GET', `/store/carts/${cartId}${FIELDS}`))).cart

export const useCodes = async (store: Ask, cartId: string, input: object): Promise<Json> =>
  (await ok(store('POST', `/store/carts/${cartId}/regulars`, input))).regulars

/** Chooses the post, and to pay by the system's own provider. */
export async function prepare(shop: Shop, store: Ask, cartId: string): Promise<void> {
  await ok(store('POST', `/store/carts/${cartId}/shipping-methods`, { option_id: shop.shippingOptionId }))
  const { payment_collection } = await ok(store('POST', '/store/payment-collections', { cart_id: cartId }))
  await ok(store('POST', `/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: 'pp_system_default' }))
}

export const complete = (store: Ask, cartId: string): ReturnType<Ask> => store('POST', `/store/carts/${cartId}/complete`)

/** Takes the money of an order. */
export async function capture(shop: Shop, orderId: string): Promise<Json> {
  const { order } = await ok(shop.admin('GET', `/admin/orders/${orderId}?fields=*payment_collections.payments`))
  const [payment] = order.payment_collections[0].payments
  await ok(shop.admin('POST', `/admin/payments/${payment.id}/capture`))
  return payment
}

/** Takes units of a line back, and refunds what Medusa says they cost. Answers with how much that is. */
export async function takeBack(shop: Shop, orderId: string, lineId: string, quantity: number): Promise<number> {
  const { admin } = shop
  const { order } = await ok(admin('GET', `/admin/orders/${orderId}?fields=*items,*payment_collections.payments`))
  await ok(
    admin('POST', `/admin/orders/${orderId}/fulfillments`, {
      location_id: shop.locationId,
      items: order.items.map((item: Json) => ({ id: item.id, quantity: item.quantity })),
    }),
  )
  const { return: begun } = await ok(admin('POST', '/admin/returns', { order_id: orderId, location_id: shop.locationId }))
  await ok(admin('POST', `/admin/returns/${begun.id}/request-items`, { items: [{ id: lineId, quantity }] }))
  await ok(admin('POST', `/admin/returns/${begun.id}/request`, {}))
  await ok(admin('POST', `/admin/returns/${begun.id}/receive`, {}))
  await ok(admin('POST', `/admin/returns/${begun.id}/receive-items`, { items: [{ id: lineId, quantity }] }))
  await ok(admin('POST', `/admin/returns/${begun.id}/receive/confirm`, {}))
  const { order: after } = await ok(admin('GET', `/admin/orders/${orderId}?fields=+summary,*payment_collections.payments`))
  const owed = -after.summary.pending_difference
  await ok(admin('POST', `/admin/payments/${order.payment_collections[0].payments[0].id}/refund`, { amount: owed }))
  return owed
}

export const lineOf = ({ items }: Json, sku: string): Json => items.find(({ variant_sku }: Json) => variant_sku === sku)
