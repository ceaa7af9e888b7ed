/** What the engine says of what the shop told it. */
import type { Engine } from '../../../engine.ts'
import { type Shop, until } from './shop.ts'

export type TheirOrder = {
  readonly status: string
  readonly total: number
  readonly customerId: string | null
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly returnedQuantity: number; readonly total: number }[]
}

export async function orderOf(engine: Engine, id: string): Promise<TheirOrder | null> {
  const { order } = await engine.ask<{ order: TheirOrder | null }>(
    'storefront',
    'query ($id: String!) { order(externalId: $id) { status total customerId lines { sku quantity returnedQuantity total } } }',
    { id },
  )
  return order
}

/** Once it is told. */
export async function toldOrder(
  engine: Engine,
  id: string,
  isSo: (order: TheirOrder) => boolean = () => true,
  ms?: number,
): Promise<TheirOrder> {
  const order = await until(
    () => orderOf(engine, id),
    (seen) => seen !== null && isSo(seen),
    ms,
  )
  if (order === null) throw new Error('there is no order')
  return order
}

export type Line = { readonly sku: string; readonly quantity: number; readonly listPrice: number }

/** What the engine's staff see for the cart, whatever the plugin did. */
export async function previewTotal(
  engine: Engine,
  customerId: string | null,
  lines: readonly Line[],
  codes: readonly string[] = [],
): Promise<number> {
  const { previewQuote } = await engine.ask<{ previewQuote: { total: number } }>(
    'admin',
    'query ($cart: CartInput!, $customer: CustomerRef) { previewQuote(cart: $cart, customer: $customer) { total } }',
    { cart: { lines, codes }, ...(customerId === null ? {} : { customer: { externalId: customerId } }) },
  )
  return previewQuote.total
}

/** Registers somebody, and waits until the engine knows them. */
export async function registerKnown(engine: Engine, shop: Shop, email: string) {
  const customer = await shop.register(email)
  await until(
    () => isKnown(engine, customer.id),
    (known) => known,
  )
  return customer
}

export const isKnown = (engine: Engine, customerId: string): Promise<boolean> =>
  engine
    .ask('storefront', 'query ($customer: CustomerRef) { shopper(customer: $customer) { id } }', { customer: { externalId: customerId } })
    .then(
      () => true,
      () => false,
    )

export const minor = (amount: number): number => Math.round(amount * 100)
