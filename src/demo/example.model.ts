// What the demo shows of itself, ready to be sent. Mei is in the cast; none of these products is in an offer that comes and
// goes with the days of the month, so the answers stay what the README says.

const ITEMS = ['MCU-001', 'MET-001', 'ROB-001']

/** What a robot costs whoever comes with a private link. */
export const quoteWithLink = (token: string) =>
  `{ quote(cart: {lines: [{sku: "ROB-001", quantity: 1}], privateLinkToken: "${token}"}) { total lines { unitPrice rules { kind name amount } } } }`

/** What Mei, a gold customer, pays for one of each. */
export const MEMBER_PRICES = `{ memberPrices(customer: {externalId: "mei"}, items: [${ITEMS.map((sku) => `{sku: "${sku}"}`).join(', ')}]) { sku listPrice memberPrice rules { name amount } } }`

/** What her cart comes to, and what each rule took. */
export const QUOTE = `{ quote(customer: {externalId: "mei"}, cart: {lines: [{sku: "MCU-001", quantity: 10}, {sku: "MET-001", quantity: 2}, {sku: "ROB-001", quantity: 1}]}) { lines { sku quantity unitPrice total rules { name amount } } orderRules { name amount } gifts { sku quantity } freeShipping subtotal discountTotal total } }`
