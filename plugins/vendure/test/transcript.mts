/** The journey of a gold customer, request by request, as TRANSCRIPT.md. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { start, told } from './shop/open.mts'
import { makeLink, preview } from './shop/rules.mts'
import { dropDatabases, type Session, session } from './shop/shop.mts'
import { refund, runSweep } from './shop/staff.mts'

const run = `regulars_vendure_transcript_${process.pid}`
const said: string[] = []
const say = (text: string) => said.push(text, '')
const ORDER =
  'code state couponCodes subTotalWithTax shippingWithTax totalWithTax discounts { description amountWithTax } lines { quantity unitPriceWithTax discountedUnitPriceWithTax proratedLinePriceWithTax productVariant { sku } }'

/** What is written in the transcript is what was sent; a long choice of fields is shown as …. */
function spoken(api: string, ask: Session): Session {
  return async <T,>(query: string, variables?: object) => {
    const data = await ask<T>(query, variables)
    const request = query.replace(ORDER, '…').replace(/"[^"]{60,}"/g, '"…"')
    say(`\`\`\`graphql\n# ${api}\n${request}\n\`\`\``)
    say(`\`\`\`json\n${short(data)}\n\`\`\``)
    return data
  }
}

/** On a line, but for lists, which have a line an entry. */
function short(data: unknown): string {
  return JSON.stringify(data, null, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/ ?("lines": \[|"discounts": \[|"items": \[)/g, '\n  $1')
    .replace(/\}, \{/g, '},\n    {')
}

const all = await start(run)
try {
  const mei = await all.gold()
  const ask = spoken('Vendure, Shop API', session(`${all.shop.url}/shop-api`))
  const change = async (field: string) =>
    (
      await ask<{ it: { code: string } }>(
        `mutation { it: ${field} { ... on Order { ${ORDER} } ... on ErrorResult { errorCode message } } }`,
      )
    ).it
  const engine = async (title: string, answer: unknown) => say(`${title}\n\n\`\`\`json\n${short(answer)}\n\`\`\``)

  say('# A gold customer in a Vendure shop')
  say(
    'Written by `npm run transcript`: a real Vendure 3.7.3 with PostgreSQL, a real Regulars, and the plugin between them. Amounts are fen, tax included. Fields of orders are shown as … in requests.',
  )
  say('## She signs in, and sees the gold price')
  await ask(`mutation { login(username: "${mei.email}", password: "password") { __typename } }`)
  await ask(
    '{ products(options: { take: 3 }) { items { name variants { sku priceWithTax regulars { listPriceWithTax savingWithTax nextTier { name priceWithTax } } } } } }',
  )
  await ask(
    '{ search(input: { term: "Robot", take: 1, groupByProduct: false }) { items { sku priceWithTax { ... on SinglePrice { value } } regulars { listPriceWithTax } } } }',
  )
  say('## Three products in the cart')
  await change('addItemToOrder(productVariantId: "1", quantity: 3)')
  await change('addItemToOrder(productVariantId: "2", quantity: 1)')
  await change('addItemToOrder(productVariantId: "3", quantity: 7)')
  say('## A code and a coupon')
  await change('applyCouponCode(couponCode: "WELCOME")')
  const { claimRegularsCoupon } = await ask<{ claimRegularsCoupon: { code: string } }>(
    'mutation { claimRegularsCoupon(claimCode: "old-friends") { ... on RegularsCoupon { code offerName } } }',
  )
  await change(`applyCouponCode(couponCode: "${claimRegularsCoupon.code}")`)
  const skus = [
    ['SKU-01', 3],
    ['SKU-02', 1],
    ['SKU-03', 7],
  ].map(([sku, quantity]) => ({ sku, quantity }))
  await engine(
    'What staff see of the same cart in Regulars (`previewQuote`):',
    await preview(all.engine, { lines: skus, codes: ['WELCOME', claimRegularsCoupon.code] }, { externalId: mei.id }),
  )
  say('## She pays')
  await ask(
    'mutation { setOrderShippingAddress(input: { streetLine1: "1 Nanjing Road", city: "Shanghai", countryCode: "CN" }) { ... on Order { code } } }',
  )
  await change('setOrderShippingMethod(shippingMethodId: ["1"])')
  await change('transitionOrderToState(state: "ArrangingPayment")')
  const { code } = await change('addPaymentToOrder(input: { method: "test", metadata: {} })')
  await engine('The order in Regulars:', await told(all.engine, code))
  say('## One of seven comes back')
  const { orderByCode } = await ask<{ orderByCode: { lines: { id: string }[] } }>(
    `{ orderByCode(code: "${code}") { lines { id quantity productVariant { sku } } } }`,
  )
  await engine(
    'Staff refund it in Vendure; the amount:',
    await refund(all.shop, code, [{ orderLineId: orderByCode.lines[2]?.id ?? '', quantity: 1 }]),
  )
  await engine('The order in Regulars after it:', await told(all.engine, code, ({ lines }) => lines[2]?.returnedQuantity === 1))
  say('## A private link')
  await change('addItemToOrder(productVariantId: "3", quantity: 1)')
  await change(`applyRegularsLink(token: "${await makeLink(all.engine)}")`)
  say('## With Regulars stopped')
  await all.engine.stop()
  await ask('{ products(options: { take: 1 }) { items { variants { sku priceWithTax regulars { answered listPriceWithTax } } } } }')
  await change('addItemToOrder(productVariantId: "1", quantity: 1)')
  await ask(
    'mutation { setOrderShippingAddress(input: { streetLine1: "1 Nanjing Road", city: "Shanghai", countryCode: "CN" }) { ... on Order { code } } }',
  )
  await change('setOrderShippingMethod(shippingMethodId: ["1"])')
  await change('transitionOrderToState(state: "ArrangingPayment")')
  const missed = await change('addPaymentToOrder(input: { method: "test", metadata: {} })')
  say('## And started again')
  await all.engine.start()
  await runSweep(all.shop)
  await engine('The order that was placed meanwhile, in Regulars:', await told(all.engine, missed.code))

  await writeFile(path.join(import.meta.dirname, '../TRANSCRIPT.md'), `${said.join('\n').trim()}\n`)
} finally {
  await all.shop.stop()
  await all.wire.cut()
  await all.engine.close()
  await dropDatabases(run)
}
