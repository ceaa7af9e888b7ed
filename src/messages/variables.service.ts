import type { Customer } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Bought } from '../orders/bought.model.ts'
import { boughtBy, statisticsOf } from '../orders/statistics.service.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { tiersInForce } from '../tiers/standing.service.ts'
import type { Tier } from '../tiers/tier.model.ts'
import type { Variables } from './variables.model.ts'

/** What is known of a reader, with the tier that is in force. */
export type Reader = { readonly customer: Customer; readonly tier: Tier | null; readonly variables: Variables }

/** What templates may say of each of these customers, by customer; some statements for however many. */
export async function readersOf(world: World, customers: readonly Customer[]): Promise<ReadonlyMap<string, Reader>> {
  const ids = customers.map(({ id }) => id)
  const shop = await readShop(world)
  const tiers = await tiersInForce(world, ids)
  const statistics = await statisticsOf(world, ids)
  const bought = await boughtBy(world, ids)
  return new Map(
    customers.map((customer, i) => {
      const [tier, figures, goods] = [tiers[i] ?? null, statistics[i], bought.get(customer.id)]
      const variables = known({
        customer: {
          name: customer.name,
          external_id: customer.externalId,
          language: customer.language,
          gender: customer.gender,
          birth_date: customer.birthDate,
          country: customer.country,
          region: customer.region,
          city: customer.city,
          registered_at: day(customer.registeredAt),
          orders: figures?.numberOfOrders ?? 0,
          amount_spent: figures?.amountSpent ?? 0,
          first_order_at: day(figures?.firstOrderAt ?? null),
          last_order_at: day(figures?.lastOrderAt ?? null),
          tier: tier && { code: tier.code, name: tier.name },
        },
        shop: { name: shop.name, currency: shop.currency },
        last_product: goods && { ...product(goods.last), quantity: goods.last.quantity, bought_at: day(goods.last.placedAt) },
        usual_product: goods && { ...product(goods.usual), quantity: goods.usual.quantity, orders: goods.usual.orders },
      })
      return [customer.id as string, { customer, tier, variables }]
    }),
  )
}

const day = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString())
/** What the catalogue does not know is called by its sku. */
const product = ({ sku, name, brand, listPrice }: Bought) => ({ sku, name: name ?? sku, brand, price: listPrice })

/** Without what is not known: a template must not take it for an empty text. */
export function known(value: unknown): Variables {
  return (strip(value) ?? {}) as Variables
}

function strip(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (Array.isArray(value)) return value.map(strip).filter((one) => one !== undefined)
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const kept = strip(one)
      return kept === undefined ? [] : [[name, kept]]
    }),
  )
}
