import type { TestShop } from '../harness/shop.ts'

/** Orders of customers, `each` of every one, one of everybody after the other. */
export async function buy(shop: TestShop, people: readonly string[], each: number): Promise<void> {
  for (let i = 0; i < each; i += 1)
    await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
      orders: people.map((externalId) => ({
        externalId: `${externalId}-${i}`,
        customer: { externalId },
        placedAt: new Date(Date.now() - 1_000_000 + i).toISOString(),
        lines: [{ sku: 'A', quantity: 1, unitPrice: 1_000 }],
      })),
    })
}
