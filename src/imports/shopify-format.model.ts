/**
 * Shopify's export of orders: UTF-8, one row a line item; what is the order's stands on the first row of each Name only.
 * It has no number of the customer, so the email is what the customer is known by. The lines are given before discounts
 * that are the whole order's; Subtotal is what was paid for them, and is shared out among them.
 */
export const SHOPIFY = {
  about: 'Shopify: export of orders',
  currency: { column: 'Currency', optional: true },
  order: {
    id: 'Name',
    placedAt: 'Created at',
    status: {
      column: 'Financial Status',
      first: [
        { when: [{ column: 'Cancelled at', empty: false, optional: true }], is: 'CANCELLED' },
        {
          when: [
            { column: 'Financial Status', in: ['paid', 'partially_refunded'] },
            { column: 'Fulfillment Status', in: ['fulfilled'], optional: true },
          ],
          is: 'COMPLETED',
        },
      ],
      map: {
        pending: 'PLACED',
        authorized: 'PLACED',
        expired: 'PLACED',
        paid: 'PAID',
        partially_paid: 'PAID',
        partially_refunded: 'PAID',
        refunded: 'CANCELLED',
        voided: 'CANCELLED',
      },
    },
    channel: { value: 'shopify' },
    total: { column: 'Subtotal', optional: true },
    refunded: { column: 'Refunded Amount', optional: true },
  },
  customer: {
    keys: [
      { kind: 'email', column: 'Email', optional: true },
      { kind: 'phone', columns: ['Phone', 'Billing Phone', 'Shipping Phone'], optional: true },
    ],
    name: { columns: ['Billing Name', 'Shipping Name'], optional: true },
    email: { column: 'Email', optional: true },
    phone: { columns: ['Phone', 'Billing Phone', 'Shipping Phone'], optional: true },
    country: { columns: ['Billing Country', 'Shipping Country'], optional: true },
    region: { columns: ['Billing Province Name', 'Billing Province', 'Shipping Province Name', 'Shipping Province'], optional: true },
    city: { columns: ['Billing City', 'Shipping City'], optional: true },
  },
  line: {
    sku: { columns: ['Lineitem sku', 'Lineitem name'] },
    quantity: 'Lineitem quantity',
    unitPrice: 'Lineitem price',
    discount: { column: 'Lineitem discount', optional: true },
  },
}
