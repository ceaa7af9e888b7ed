import type { ICartModuleService, MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils'
import type { CustomerRef } from '@regulars/client'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { type Amount, toDecimal, toMinor } from '../money.ts'
import { signedInCustomer } from '../request.ts'
import { tellCustomers } from '../sync/customers.ts'
import { type ListPrice, listPricesOf } from './list-prices.ts'
import { asQuoted, atListPrices, type CartLine, type PricedCart } from './priced-cart.ts'

type Item = {
  readonly id: string
  readonly variant_id: string | null
  readonly variant_sku: string | null
  readonly quantity: number
  readonly unit_price: number
  readonly compare_at_unit_price: number | null
  readonly is_custom_price: boolean
  readonly is_tax_inclusive: boolean
  readonly adjustments?: readonly { id: string; provider_id: string | null; amount: number; description: string | null }[]
}

type Cart = {
  readonly id: string
  readonly currency_code: string
  readonly region_id: string | null
  readonly customer_id: string | null
  readonly completed_at: string | null
  readonly items?: readonly Item[]
}

/** Beside what a price may depend on: the lines as they stand. Prices by the cart's own total would go round in circles. */
const FIELDS = [
  'id',
  'email',
  'locale',
  'currency_code',
  'region_id',
  'sales_channel_id',
  'customer_id',
  'completed_at',
  'region.*',
  'customer.id',
  'customer.groups.id',
  'shipping_address.city',
  'shipping_address.country_code',
  'shipping_address.province',
  'shipping_address.postal_code',
  'items.*',
  'items.adjustments.*',
]

/** Marks the adjustments that are ours. They have no code, so that Medusa's own promotions leave them alone. */
export const PROVIDER = 'regulars'

type Row = Awaited<ReturnType<RegularsModuleService['listRegularsCarts']>>[number]

/** What the engine knows of the cart; made when there is nothing yet. */
export async function rowOf(regulars: RegularsModuleService, cartId: string): Promise<Row> {
  const [row] = await regulars.listRegularsCarts({ id: [cartId] })
  return row ?? (await regulars.createRegularsCarts({ id: cartId }))
}

export const pricedOf = (row: Pick<Row, 'priced'>): PricedCart | null => row.priced as PricedCart | null

/** The customer whom the cart is priced for; null: nobody is known. */
export const shopperOf = (row: Pick<Row, 'shopper_id'>, cart: Pick<Cart, 'customer_id'>): CustomerRef | undefined =>
  row.shopper_id !== null && row.shopper_id === cart.customer_id ? { externalId: row.shopper_id } : undefined

/** Prices the whole cart by the engine, and writes the prices into its lines: list prices where the engine does not answer. */
export async function priceCart(container: MedusaContainer, cartId: string, context: Readonly<Record<string, unknown>>): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const cart = await readCart(container, cartId)
  if (cart === undefined || cart.completed_at !== null) return
  const row = await rowOf(regulars, cartId)
  const shopper = signedInCustomer()
  const shopperId = shopper !== null && shopper === cart.customer_id ? shopper : row.shopper_id

  const before = pricedOf(row)
  const items = (cart.items ?? []).filter((item) => isPriced(item, before))
  const lists = await listPricesOf(container, items.flatMap(wantedOf), contextOf(cart, context))
  const lines = items.flatMap((item) => lineOf(item, lists.get(item.id), cart.currency_code))
  const priced = await price(container, regulars, { ...row, shopper_id: shopperId }, cart, lines)

  await write(container.resolve(Modules.CART), cart, items, lists, priced)
  await regulars.updateRegularsCarts({ id: cartId, shopper_id: shopperId, priced: priced as unknown as Record<string, unknown> })
}

async function readCart(container: MedusaContainer, cartId: string): Promise<Cart | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'cart', fields: FIELDS, filters: { id: cartId } })
  return data[0] as unknown as Cart | undefined
}

/** A line without a sku means nothing to the engine, and a price that the shop's own code set is left alone. */
const isPriced = (item: Item, before: PricedCart | null): boolean =>
  item.variant_id !== null && !!item.variant_sku && (!item.is_custom_price || before?.lines[item.id] !== undefined)

const wantedOf = ({ id, variant_id, quantity }: Item) =>
  variant_id === null ? [] : [{ id, variantId: variant_id, quantity: Number(quantity) }]

function contextOf(cart: Cart, context: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { items: _, ...rest } = cart
  return { ...rest, ...context, currency_code: cart.currency_code, region_id: cart.region_id, customer_id: cart.customer_id }
}

function lineOf({ id, variant_sku, quantity }: Item, list: ListPrice | undefined, currency: string): CartLine[] {
  const amount = list === undefined ? null : toMinor(list.amount, currency)
  const units = Number(quantity)
  return amount === null || variant_sku === null || !Number.isInteger(units)
    ? []
    : [{ id, sku: variant_sku, quantity: units, list: amount }]
}

async function price(
  container: MedusaContainer,
  regulars: RegularsModuleService,
  row: Row,
  cart: Cart,
  lines: readonly CartLine[],
): Promise<PricedCart> {
  const currency = cart.currency_code
  if (lines.length === 0) return atListPrices(lines, currency, null)
  const known = await regulars.currency()
  if (known !== currency) return atListPrices(lines, currency, known === null ? 'UNREACHABLE' : 'OTHER_CURRENCY')

  const asked = {
    cart: {
      lines: lines.map(({ id, sku, quantity, list }) => ({ id, sku, quantity, listPrice: list })),
      codes: row.codes,
      privateLinkToken: row.link_token,
    },
  }
  const customer = shopperOf(row, cart)
  const ask = () => regulars.prices.quoteOrList(customer === undefined ? asked : { ...asked, customer })
  let answer = await ask()
  // Who registered while the engine was away is told of now, and not only with the next job.
  if (!answer.answered && answer.why.code === 'UNKNOWN_CUSTOMER' && customer?.externalId != null) {
    await tellCustomers(container, [customer.externalId]).catch(() => undefined)
    answer = await ask()
  }
  return answer.answered ? asQuoted(answer.quote, currency) : atListPrices(lines, currency, answer.why.code)
}

/** Writes what differs. */
async function write(
  carts: ICartModuleService,
  cart: Cart,
  items: readonly Item[],
  lists: ReadonlyMap<string, ListPrice>,
  priced: PricedCart,
): Promise<void> {
  const currency = cart.currency_code
  const same = (amount: Amount | null, other: Amount | null) =>
    amount === other || (amount !== null && other !== null && toMinor(amount, currency) === toMinor(other, currency))

  const changes = items.flatMap((item) => {
    const line = priced.lines[item.id]
    const list = lists.get(item.id)
    if (line === undefined || list === undefined) return []
    const isOurs = line.unit !== line.list
    const unit = isOurs ? toDecimal(line.unit, currency) : list.amount
    const before = line.unit < line.list ? toDecimal(line.list, currency) : list.before
    if (
      same(item.unit_price, unit) &&
      same(item.compare_at_unit_price, before) &&
      item.is_custom_price === isOurs &&
      item.is_tax_inclusive === list.isTaxInclusive
    )
      return []
    return [
      {
        selector: { id: item.id },
        data: { unit_price: unit, compare_at_unit_price: before, is_custom_price: isOurs, is_tax_inclusive: list.isTaxInclusive } as never,
      },
    ]
  })
  if (changes.length > 0) await carts.updateLineItems(changes)

  const stale: string[] = []
  const fresh = items.flatMap((item) => {
    const wanted = priced.lines[item.id]?.adjustments ?? []
    const had = (item.adjustments ?? []).filter(({ provider_id }) => provider_id === PROVIDER)
    const isTaxInclusive = lists.get(item.id)?.isTaxInclusive ?? item.is_tax_inclusive
    const isSame =
      had.length === wanted.length &&
      wanted.every(
        ({ amount, description }, i) => same(had[i]?.amount ?? null, toDecimal(amount, currency)) && had[i]?.description === description,
      )
    if (isSame) return []
    stale.push(...had.map(({ id }) => id))
    return wanted.map(({ amount, description }) => ({
      item_id: item.id,
      amount: toDecimal(amount, currency) as never,
      description,
      provider_id: PROVIDER,
      is_tax_inclusive: isTaxInclusive,
    }))
  })
  if (stale.length > 0) await carts.deleteLineItemAdjustments(stale)
  if (fresh.length > 0) await carts.addLineItemAdjustments(cart.id, fresh as never)
}
