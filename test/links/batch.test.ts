import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { customers, products } from '../harness/acts.ts'
import { held } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { BATCH, link, open, refusedLink, view, wantedLink } from '../harness/links.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

let shop: TestShop
beforeEach(async () => {
  shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, {
    mei: { name: 'Mei, "the first"', tags: ['regular'], email: 'mei@example.com', phone: '+8613800138000' },
    li: { name: '=HYPERLINK("http://evil.example")', tags: ['regular'] },
    wang: {},
  })
})

const make = async (more: object = {}, query = "customer_tags CONTAINS 'regular'") =>
  (await shop.admin(BATCH, { input: wantedLink(more), query })).createPrivateLinks

test('everyone whom a query holds gets a link of their own, which opens to nobody else', async () => {
  await shop.admin('mutation { updateShop(input: { privateLinkUrl: "https://shop.example/{token}" }) { code } }')
  const { batchId, count, csv } = await make()
  const rows: Record<string, string>[] = parse(csv, { columns: true })
  expect([count, rows.map(({ externalId }) => externalId).sort()]).toEqual([2, ['li', 'mei']])
  const tokenOf = (externalId: string) => rows.find((row) => row.externalId === externalId)?.url?.replace('https://shop.example/', '') ?? ''
  expect(await view(shop, tokenOf('mei'), 'mei')).toMatchObject({ eligible: true, usesLeft: 1 })
  expect(await view(shop, tokenOf('mei'), 'li')).toMatchObject({ eligible: false })
  expect(await refusedLink(shop, tokenOf('li'), 'wang')).toBe('NOT_IN_AUDIENCE')
  await open(shop, tokenOf('mei'))
  await held(shop, { cart: { A: 1 }, as: 'mei', token: tokenOf('mei') })
  const { privateLinks } = await shop.admin(
    'query ($batch: ID!) { privateLinks(batchId: $batch) { totalCount nodes { id customers { externalId } byCustomer { nodes { customer { externalId } opens heldReservations } } } } }',
    { batch: batchId },
  )
  expect(privateLinks.totalCount).toBe(2)
  const ofMei = rows.find((row) => row.externalId === 'mei')?.linkId
  expect(privateLinks.nodes.find(({ id }: { id: string }) => id === ofMei)).toEqual({
    id: ofMei,
    customers: [{ externalId: 'mei' }],
    byCustomer: { nodes: [{ customer: { externalId: 'mei' }, opens: 1, heldReservations: 1 }] },
  })
  expect(await link(shop, ofMei ?? '')).toMatchObject({ batchId, status: 'USED_UP' })
})

test('what customers call themselves is a text in every cell, and no formula', async () => {
  const { csv } = await make()
  const lines: string[] = csv.split('\r\n')
  expect(lines[0]).toBe('externalId,name,email,phone,linkId,url')
  expect(lines.filter((line) => line !== '')).toHaveLength(3)
  const cells = parse(csv, { columns: true }) as Record<string, string>[]
  const of = (externalId: string) => cells.find((row) => row.externalId === externalId)
  expect(of('mei')).toMatchObject({ name: 'Mei, "the first"', email: 'mei@example.com', phone: '+8613800138000' })
  expect(of('li')?.name).toBe('\'=HYPERLINK("http://evil.example")')
})

test('a query that holds nobody makes no link; everyone is had by a blank one', async () => {
  expect(await make({}, "customer_tags CONTAINS 'none'")).toMatchObject({ count: 0, csv: 'externalId,name,email,phone,linkId,url\r\n' })
  expect((await make({}, ' ')).count).toBe(3)
})

test('whom they are for is said by the query, and by nothing else', async () => {
  const refusal = async (more: object, query = '') =>
    (await shop.ask('/admin/graphql', bearer(shop.keys.owner), BATCH, { input: wantedLink(more), query })).errors.map(({ extensions }) => [
      extensions.code,
      extensions.inputPath,
    ])
  expect(await refusal({ customers: [{ externalId: 'mei' }] })).toEqual([['BAD_USER_INPUT', ['input', 'customers']]])
  expect(await refusal({ audience: 'number_of_orders >= 0' })).toEqual([['BAD_USER_INPUT', ['input', 'audience']]])
  expect(await refusal({}, 'nonsense = 1')).toEqual([['BAD_QUERY', ['query']]])
  expect(await refusal({ items: [] })).toEqual([['BAD_USER_INPUT', ['input', 'items']]])
})

test('a batch is called back whole, and no other link with it', async () => {
  const [one, other] = [await make(), await make()]
  const call = async (id: string) =>
    (await shop.admin('mutation ($id: ID!) { revokePrivateLinks(batchId: $id) }', { id })).revokePrivateLinks
  expect([await call(one.batchId), await call(one.batchId)]).toEqual([2, 0])
  const list = async (batch: string, status: string) =>
    (await shop.admin(`{ privateLinks(batchId: "${batch}", status: ${status}) { totalCount } }`)).privateLinks.totalCount
  expect([await list(one.batchId, 'REVOKED'), await list(other.batchId, 'ACTIVE')]).toEqual([2, 2])
  await expect(call('0198a000-0000-7000-8000-000000000000')).rejects.toThrow('NOT_FOUND')
})
