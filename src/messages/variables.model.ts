// What a template may say. What is not known of a customer is not there: a template that says it all the same is not sent to
// them, unless it asks first (if) or says what to write instead (default).

/** A leaf is an example of its value; a list has an example of one of its members. */
export type Variables = { readonly [name: string]: string | number | Variables | readonly Variables[] }

/** Every variable that there is, each with an example. Amounts are whole minor units: write them with the filter `money`. */
export const EXAMPLE = {
  customer: {
    name: 'Mei Chen',
    external_id: 'C-1001',
    language: 'en',
    gender: 'FEMALE',
    birth_date: '1991-03-27',
    country: 'CN',
    region: 'Yunnan',
    city: 'Dali',
    registered_at: '2025-03-01T02:00:00.000Z',
    orders: 4,
    amount_spent: 128_000,
    first_order_at: '2025-03-02T02:00:00.000Z',
    last_order_at: '2026-01-05T03:00:00.000Z',
    tier: { code: 'gold', name: 'Gold' },
  },
  shop: { name: 'Tea House', currency: 'CNY' },
  last_product: { sku: 'TEA-1', name: 'Green tea', brand: 'Old Well', price: 9_900, quantity: 2, bought_at: '2026-01-05T03:00:00.000Z' },
  usual_product: { sku: 'TEA-1', name: 'Green tea', brand: 'Old Well', price: 9_900, quantity: 2, orders: 3 },
  campaign: { code: 'spring', name: 'Spring' },
  coupon: { code: 'SPRING-7K2M', name: 'Ten off', offer_code: 'ten-off', valid_until: '2026-12-31T15:59:59.000Z' },
  link: { url: 'https://shop.example/l/main.abc', name: 'For you', valid_until: '2026-12-31T15:59:59.000Z' },
  offers: [{ code: 'ten-off', name: 'Ten off', valid_until: '2026-12-31T15:59:59.000Z' }],
  order: { external_id: 'A-7', placed_at: '2026-01-05T03:00:00.000Z', total: 19_800 },
  unsubscribe_url: 'https://regulars.example/m/u/main.abc.def',
} as const satisfies Variables

/** Those that whoever sends gives; the others are known of shop and customer. */
export const GIVEN = ['campaign', 'coupon', 'link', 'offers', 'order'] as const
