/** Our own CSV, for those who write one: one row a line item (docs/guides/import.md). */
export const REGULARS = {
  about: 'Regulars: one row a line item',
  encoding: 'utf-8',
  order: {
    id: 'order_id',
    placedAt: 'placed_at',
    status: {
      column: 'status',
      optional: true,
      map: { PLACED: 'PLACED', PAID: 'PAID', COMPLETED: 'COMPLETED', CANCELLED: 'CANCELLED' },
      empty: 'PAID',
    },
    channel: { column: 'channel', optional: true },
  },
  currency: { column: 'currency', optional: true },
  customer: {
    keys: [{ kind: 'externalId', column: 'customer_id', optional: true }],
    name: { column: 'customer_name', optional: true },
    email: { column: 'email', optional: true },
    phone: { column: 'phone', optional: true },
    country: { column: 'country', optional: true },
    region: { column: 'region', optional: true },
    city: { column: 'city', optional: true },
  },
  line: {
    id: { column: 'line_id', optional: true },
    sku: 'sku',
    quantity: 'quantity',
    unitPrice: { column: 'unit_price', optional: true },
    total: { column: 'line_total', optional: true },
  },
}
