/** One shopper's way through a real Medusa with this plugin, as markdown: what was asked, and the answer shortened. */
import { startEngine } from '../../engine.ts'
import { dropDatabase } from '../test/harness/databases.ts'
import { giveCoupon, makeGold, makeProgramme } from '../test/harness/programme.ts'
import { orderOf, previewTotal, registerKnown, toldOrder } from '../test/harness/regulars.ts'
import { type Ask, type Json, type Shop, startShop } from '../test/harness/shop.ts'
import { capture, lineOf, ok, takeBack } from '../test/harness/shopping.ts'
import { makeTemplate } from '../test/harness/template.ts'

const ADDRESS = {
  first_name: 'Mei',
  last_name: 'Lin',
  address_1: '1 West Lake',
  city: 'Hangzhou',
  country_code: 'cn',
  postal_code: '310000',
}
const CART = '?fields=id,item_total,shipping_total,total,*items,*items.adjustments'

const say = (text: string) => console.log(`${text}\n`)
const show = (value: unknown) => say(`\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``)

const template = await makeTemplate()
const engine = await startEngine()
let shop: Shop | null = null
try {
  shop = await startShop(template, engine)
  await makeProgramme(engine)
  await walk(shop)
} finally {
  await shop?.close()
  await engine.close()
  await dropDatabase(template.name)
}

/** Asks, and shows what was asked and the part of the answer that matters. */
async function step(store: Ask, method: string, path: string, body: object | undefined, part: (answer: Json) => unknown): Promise<Json> {
  const answer = await store(method, path, body)
  const [bare] = path.split('?')
  say(`**${method} ${bare}**${body === undefined ? '' : ` \`${JSON.stringify(body)}\``} → ${answer.status}`)
  show(part(answer.body))
  return answer.body
}

function lines({ items }: Json) {
  return items.map(({ variant_sku, quantity, compare_at_unit_price, unit_price, adjustments }: Json) => ({
    sku: variant_sku,
    quantity,
    compare_at_unit_price,
    unit_price,
    adjustments: adjustments?.map(({ amount, description }: Json) => `${description}: ${amount}`),
  }))
}

async function walk({ admin, ...at }: Shop): Promise<void> {
  const here = { admin, ...at }
  say('# A gold customer in a Medusa shop')
  say(
    'Printed by `npm run transcript` from a real Medusa 2 server and a real Regulars. Gold pays an eighth less. Answers are shortened to what matters here; amounts of Medusa are yuan, those of Regulars fen.',
  )

  say('## Signed in, the listing shows gold prices')
  const mei = await registerKnown(engine, here, 'mei@example.com')
  await makeGold(engine, mei.id)
  const coupon = await giveCoupon(engine, mei.id)
  await step(mei.store, 'GET', `/store/products?region_id=${here.regionId}&limit=2&order=title`, undefined, ({ products }) =>
    products.map(({ title, variants: [variant] }: Json) => ({
      title,
      calculated_amount: variant.calculated_price.calculated_amount,
      original_amount: variant.calculated_price.original_amount,
      regulars: variant.regulars,
    })),
  )

  say('## Three products go into the cart')
  const email = 'mei@example.com'
  const { cart } = await ok(mei.store('POST', '/store/carts', { region_id: here.regionId, email, shipping_address: ADDRESS }))
  const wanted = [
    { sku: 'TEA-1', quantity: 1, listPrice: 1990 },
    { sku: 'TEA-2', quantity: 3, listPrice: 2490 },
    { sku: 'TEA-4', quantity: 2, listPrice: 3490 },
  ]
  for (const { sku, quantity } of wanted)
    await ok(mei.store('POST', `/store/carts/${cart.id}/line-items`, { variant_id: here.variants[sku], quantity }))
  await step(mei.store, 'GET', `/store/carts/${cart.id}${CART}`, undefined, ({ cart: seen }) => ({
    items: lines(seen),
    item_total: seen.item_total,
  }))

  say('## A code and a coupon')
  const codes = ['AUTUMN', coupon]
  const { regulars } = await step(mei.store, 'POST', `/store/carts/${cart.id}/regulars`, { codes }, ({ regulars: said }) => ({
    subtotal: said.subtotal,
    saving: said.saving,
    total: said.total,
    refused_codes: said.refused_codes,
  }))
  await step(mei.store, 'GET', `/store/carts/${cart.id}${CART}`, undefined, ({ cart: seen }) => ({
    items: lines(seen),
    item_total: seen.item_total,
  }))
  const preview = await previewTotal(engine, mei.id, wanted, codes)
  say(`What the engine’s staff see for the same cart (\`previewQuote\`): **${preview}** fen. The cart: **${regulars.total}** yuan.`)

  say('## She pays')
  await ok(mei.store('POST', `/store/carts/${cart.id}/shipping-methods`, { option_id: here.shippingOptionId }))
  const { payment_collection: payment } = await ok(mei.store('POST', '/store/payment-collections', { cart_id: cart.id }))
  await ok(mei.store('POST', `/store/payment-collections/${payment.id}/payment-sessions`, { provider_id: 'pp_system_default' }))
  const { order } = await step(mei.store, 'POST', `/store/carts/${cart.id}/complete`, undefined, ({ type, order: made }) => ({
    type,
    id: made.id,
    item_total: made.item_total,
    shipping_total: made.shipping_total,
    total: made.total,
  }))

  say('## The order stands in both systems')
  say('Regulars, `order(externalId)`, before and after staff take the money in Medusa:')
  show(await toldOrder(engine, order.id))
  await capture(here, order.id)
  show(await toldOrder(engine, order.id, ({ status }) => status === 'PAID'))

  say('## Two of the three come back')
  const refund = await takeBack(here, order.id, lineOf(order, 'TEA-2').id, 2)
  const after = await toldOrder(engine, order.id, ({ total }) => total !== preview)
  say(`Medusa refunds **${refund}** yuan; the order in Regulars goes from ${preview} to ${after.total} fen: **${preview - after.total}**.`)
  show(after.lines)

  say('## Regulars is stopped, and the shop sells on')
  await engine.stop()
  const second = (await ok(mei.store('POST', '/store/carts', { region_id: here.regionId, email, shipping_address: ADDRESS }))).cart.id
  await ok(mei.store('POST', `/store/carts/${second}/line-items`, { variant_id: here.variants['TEA-1'], quantity: 2 }))
  await step(mei.store, 'GET', `/store/carts/${second}/regulars`, undefined, ({ regulars: said }) => ({
    member_prices: said.member_prices,
    why: said.why,
    total: said.total,
  }))
  await ok(mei.store('POST', `/store/carts/${second}/shipping-methods`, { option_id: here.shippingOptionId }))
  const { payment_collection: other } = await ok(mei.store('POST', '/store/payment-collections', { cart_id: second }))
  await ok(mei.store('POST', `/store/payment-collections/${other.id}/payment-sessions`, { provider_id: 'pp_system_default' }))
  const { order: meanwhile } = await step(mei.store, 'POST', `/store/carts/${second}/complete`, undefined, ({ type, order: made }) => ({
    type,
    item_total: made.item_total,
  }))

  say('## Once it is back it is told')
  await engine.start()
  if ((await orderOf(engine, meanwhile.id)) !== null) throw new Error('it was told already')
  await step(admin, 'POST', '/admin/regulars/tell', undefined, ({ waiting }) => waiting)
  show(await toldOrder(engine, meanwhile.id))
}
