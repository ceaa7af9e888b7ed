import { rowsOf, sql } from '../../src/shell/sql.ts'
import type { TestShop } from '../harness/shop.ts'

// Programmes and what becomes of customers under them, in a line each.

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

/** A tier a row, from the lowest up: its code, what lets in, and more. */
export async function programme(shop: TestShop, ...tiers: readonly (readonly [string, string | null, object?])[]): Promise<void> {
  for (const [i, [code, qualification, more]] of tiers.entries())
    await shop.admin('mutation ($input: TierInput!) { saveTier(input: $input) { id } }', {
      input: { code, name: code, rank: i + 1, qualification, ...more },
    })
}

/** How many went up, went down, and stayed. */
export async function evaluate(shop: TestShop, dryRun = false): Promise<[number, number, number]> {
  const query = 'mutation ($dryRun: Boolean) { evaluateTiers(dryRun: $dryRun) { promoted demoted unchanged } }'
  const { promoted, demoted, unchanged } = (await shop.admin(query, { dryRun })).evaluateTiers
  return [promoted, demoted, unchanged]
}

export const customerOf = async (shop: TestShop, externalId: string, fields: string): Promise<Answer> =>
  (await shop.admin(`query ($ref: CustomerRef!) { customer(ref: $ref) { ${fields} } }`, { ref: { externalId } })).customer

export const tierOf = async (shop: TestShop, externalId: string): Promise<string | null> =>
  (await customerOf(shop, externalId, 'tier { code }')).tier?.code ?? null

const DAY_MS = 86_400_000
export const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

/** Whoever fails now has been failing for some days longer: no clock is waited for. */
export async function letPass(shop: TestShop, days: number): Promise<void> {
  const { em, shopId } = shop.world()
  for (const table of ['customer', 'company'])
    await rowsOf(
      em,
      sql`update ${sql.table(table)} set tier_failing_since = tier_failing_since - make_interval(days => ${days}) where shop_id = ${shopId}`,
    )
}

/** Takes back all that was bought with an order of `orders`. */
export async function cancel(shop: TestShop, externalId: string): Promise<void> {
  const order = (
    await shop.admin(
      `{ order(externalId: ${JSON.stringify(externalId)}) { externalId placedAt customer { externalId } lines { sku quantity unitPrice } } }`,
    )
  ).order
  const { customer, placedAt, lines } = order
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [{ externalId, customer, placedAt, status: 'CANCELLED', lines }],
  })
}
