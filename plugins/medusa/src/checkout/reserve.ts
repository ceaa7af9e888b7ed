import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys, MedusaError, Modules } from '@medusajs/framework/utils'
import { type OfferUnavailableFragment, RegularsError, type ReserveInput, type ReserveResult } from '@regulars/client'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { type Amount, toDecimal, toMinor } from '../money.ts'
import { PROVIDER, pricedOf, shopperOf } from '../pricing/price-cart.ts'
import type { PricedCart } from '../pricing/priced-cart.ts'
import { isAnswering } from '../request.ts'
import { tellSoon } from '../sync/tasks.ts'

/** Somebody should price this cart anew: what it shows is not what it costs. */
export const CART_OUTDATED = 'regulars.cart_outdated'

type Item = {
  readonly id: string
  readonly quantity: Amount
  readonly unit_price: Amount
  readonly adjustments?: readonly { readonly provider_id: string | null; readonly amount: Amount }[]
}
type Cart = {
  readonly id: string
  readonly customer_id?: string | null
  readonly customer?: { id: string } | null
  readonly items?: readonly Item[]
}

/** The storefront tells these apart by `code`; each says what to do. */
function refusal(code: 'regulars_price_changed' | 'regulars_code_unavailable' | 'regulars_unreachable', message: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, message, code)
}

/**
 * Holds all that the cart uses, before its payment is authorised. Answers with the reservation's id; null: there is none
 * to be had, and the shop sells at what it shows.
 */
export async function reserveCart(container: MedusaContainer, cart: Cart): Promise<string | null> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const orderId = await orderOf(container, cart.id)
  if (orderId !== null) {
    // Completed before, by a request that may have died before it told of it.
    await tellSoon(container, `order:${orderId}`)
    return null
  }
  const [row] = await regulars.listRegularsCarts({ id: [cart.id] })
  const priced = row === undefined ? null : pricedOf(row)
  if (row === undefined || priced === null || priced.why === 'OTHER_CURRENCY' || Object.keys(priced.lines).length === 0) return null

  const shown = shownTotal(cart, priced)
  if (shown === null) throw await outdated(container, cart.id, 'The cart has changed. Look at it again, then order.')
  const customer = shopperOf(row, { customer_id: cart.customer_id ?? cart.customer?.id ?? null })
  try {
    const result = await reserve(regulars, cart.id, row, {
      cart: {
        lines: Object.entries(priced.lines).map(([id, { sku, quantity, list }]) => ({ id, sku, quantity, listPrice: list })),
        codes: row.codes,
        privateLinkToken: row.link_token,
      },
      ...(customer === undefined ? {} : { customer }),
      expectedTotal: shown,
      ttlSeconds: regulars.settings.reserveSeconds ?? 900,
    })
    switch (result.__typename) {
      case 'Reservation':
        return result.id
      case 'PriceChanged':
        throw await outdated(
          container,
          cart.id,
          `The goods cost ${toDecimal(result.quote.total, priced.currency)} now. Look at the cart again, then order.`,
        )
      case 'OfferUnavailable':
        throw await unavailable(container, cart.id, result)
    }
  } catch (error) {
    if (!(error instanceof RegularsError)) throw error
    container.resolve(ContainerRegistrationKeys.LOGGER).warn(`Regulars: ${cart.id} is not reserved: ${error.code}: ${error.message}`)
    // Member prices are the shopper's whoever answers; what may be used up is not given away unseen.
    if (!priced.limited) return null
    await announce(container, cart.id)
    throw refusal(
      'regulars_unreachable',
      'Offers and codes cannot be checked now. The cart is priced without them: look at it again, then order.',
    )
  }
}

/**
 * The same attempt has the same key, so that a process that died in between finds its hold again; one that is over, or was
 * for another cart, is followed by the next attempt.
 */
async function reserve(
  regulars: RegularsModuleService,
  cartId: string,
  row: { readonly attempt: number; readonly reservation_id: string | null },
  input: Omit<ReserveInput, 'idempotencyKey'>,
): Promise<ReserveResult> {
  for (let attempt = row.attempt; ; attempt += 1) {
    if (attempt !== row.attempt) await regulars.updateRegularsCarts({ id: cartId, attempt })
    try {
      const result = await regulars.acts.reserve({ ...input, idempotencyKey: `medusa:${cartId}:${attempt}` })
      if (result.__typename !== 'Reservation') return result
      if (result.status !== 'HELD') continue
      await regulars.updateRegularsCarts({ id: cartId, reservation_id: result.id })
      return result
    } catch (error) {
      if (!(error instanceof RegularsError) || error.code !== 'IDEMPOTENCY_CONFLICT') throw error
      if (row.reservation_id !== null) await release(regulars, row.reservation_id)
    }
  }
}

const release = (regulars: RegularsModuleService, reservationId: string) =>
  regulars.acts.release({ reservationId, idempotencyKey: `medusa:release:${reservationId}` })

/** What Medusa shows for the lines that the engine priced, in minor units; null when they are not those any more. */
function shownTotal({ items = [] }: Cart, { lines, currency }: PricedCart): number | null {
  const byId = new Map(items.map((item) => [item.id, item]))
  let total = 0
  for (const [id, line] of Object.entries(lines)) {
    const item = byId.get(id)
    if (item === undefined || Number(item.quantity) !== line.quantity) return null
    const unit = toMinor(item.unit_price, currency)
    if (unit === null) return null
    total += unit * line.quantity
    for (const { provider_id, amount } of item.adjustments ?? []) if (provider_id === PROVIDER) total -= toMinor(amount, currency) ?? 0
  }
  return total
}

async function orderOf(container: MedusaContainer, cartId: string): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'order_cart', fields: ['order_id'], filters: { cart_id: cartId } })
  return (data[0] as { order_id: string } | undefined)?.order_id ?? null
}

async function unavailable(container: MedusaContainer, cartId: string, { code, reason }: OfferUnavailableFragment): Promise<MedusaError> {
  await announce(container, cartId)
  return refusal('regulars_code_unavailable', `${code} cannot be used (${reason}). Look at the cart again, then order.`)
}

async function outdated(container: MedusaContainer, cartId: string, message: string): Promise<MedusaError> {
  await announce(container, cartId)
  return refusal('regulars_price_changed', message)
}

/**
 * The cart is locked by the workflow that asks, so it is priced anew afterwards: before a storefront is answered
 * (repriceRefused), or, where nobody waits for an answer, by whoever hears this.
 */
async function announce(container: MedusaContainer, cartId: string): Promise<void> {
  if (!isAnswering()) await container.resolve(Modules.EVENT_BUS).emit({ name: CART_OUTDATED, data: { id: cartId } })
}

/** Gives back what a cart holds that did not become an order. If the engine does not hear it, the hold expires by itself. */
export async function releaseCart(container: MedusaContainer, cartId: string): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const [row] = await regulars.listRegularsCarts({ id: [cartId] })
  if (row?.reservation_id == null) return
  await regulars.updateRegularsCarts({ id: cartId, reservation_id: null })
  const reservationId = row.reservation_id
  await release(regulars, reservationId).catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`Regulars: ${reservationId} was not released, and will expire: ${String(error)}`)
  })
}
