import { Client } from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { idle, known, type Open, open, told } from './shop/open.mts'
import { until } from './shop/people.mts'

let all: Open
let mei: Awaited<ReturnType<Open['gold']>>
beforeAll(async () => {
  all = await open()
  mei = await all.gold()
})

const product = async (sku: string) => {
  const { product } = await all.engine.ask<{
    product: { name: string; listPrice: number; brand: string; categoryPaths: string[][]; tags: string[] } | null
  }>('admin', 'query ($sku: String!) { product(sku: $sku) { name listPrice brand categoryPaths tags } }', { sku })
  return product
}

test('the full sync tells the engine every product, and may be run again', async () => {
  const first = await until(
    () => product('SKU-24'),
    (found) => found !== null,
  )
  expect(first).toMatchObject({
    name: 'Sensor kit 3',
    listPrice: 5890,
    brand: 'acme',
    categoryPaths: [['electronics']],
    tags: ['category:electronics', 'brand:acme'],
  })
  await all.shop.admin('mutation { regularsSync }')
  expect(await product('SKU-24')).toEqual(first)
})

test('a new price is the engine’s, too', async () => {
  await all.shop.admin('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
    input: [{ id: '24', price: 6000 }],
  })
  await until(
    () => product('SKU-24'),
    (found) => found?.listPrice === 6000,
  )
})

test('an email names a customer only when Vendure has verified it', async () => {
  const emails = async (id: string) => (await known(all.engine, id)).identities.filter(({ kind }) => kind === 'email')
  expect(await emails(mei.id)).toEqual([{ kind: 'email', value: mei.email, verified: true }])

  const visitor = all.visitor()
  await visitor.ask(
    'mutation { registerCustomerAccount(input: { emailAddress: "unverified@shop.example", firstName: "Un", lastName: "Verified", password: "password" }) { __typename } }',
  )
  const { customers } = await all.shop.admin<{ customers: { items: { id: string }[] } }>(
    '{ customers(options: { filter: { emailAddress: { eq: "unverified@shop.example" } } }) { items { id } } }',
  )
  expect(await emails(customers.items[0]?.id ?? '')).toEqual([{ kind: 'email', value: 'unverified@shop.example', verified: false }])
})

test('customer groups are attributes that customer queries ask for, and leaving one takes it back', async () => {
  const { createCustomerGroup } = await all.shop.admin<{ createCustomerGroup: { id: string } }>(
    'mutation ($ids: [ID!]) { createCustomerGroup(input: { name: "Re-sellers", customerIds: $ids }) { id } }',
    { ids: [mei.id] },
  )
  const attributes = async () => (await known(all.engine, mei.id)).attributes
  expect(await until(attributes, (found) => found.group_re_sellers === true)).toMatchObject({ group_re_sellers: true })
  await all.shop.admin(
    'mutation ($group: ID!, $ids: [ID!]!) { removeCustomersFromGroup(customerGroupId: $group, customerIds: $ids) { id } }',
    {
      group: createCustomerGroup.id,
      ids: [mei.id],
    },
  )
  expect(await until(attributes, (found) => !('group_re_sellers' in found))).not.toHaveProperty('group_re_sellers')
})

test('orders from before the plugin come with the full sync, once however often it runs', async () => {
  const session = await all.gold()
  await session.add('1', 2)
  await session.ship()
  await session.to('ArrangingPayment')
  const { code } = await session.pay()
  await told(all.engine, code)
  // Under another code, and with nothing written down of it, it is one that the plugin has not seen.
  const client = new Client(all.shop.databaseUrl)
  await client.connect()
  const { rows } = await client.query('update "order" set code = $1 where code = $2 returning id', [`old-${code}`, code])
  await client.query('delete from regulars_checkout where "orderId" = $1', [rows[0].id])
  await client.end()

  for (let i = 0; i < 2; i++) await all.shop.admin('mutation { regularsSync }')
  expect(await told(all.engine, `old-${code}`)).toMatchObject({ status: 'PAID', total: 2 * 8749, lines: [{ sku: 'SKU-01', quantity: 2 }] })
  await idle(all.shop)
  expect((await known(all.engine, session.id)).statistics).toEqual({ numberOfOrders: 2, amountSpent: 4 * 8749 })
})
