import { expect, test } from 'vitest'
import { customers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const FIND = 'query ($ref: CustomerRef!) { customer(ref: $ref) { externalId } }'

test.each([
  { id: '01970000-0000-7000-8000-000000000000' },
  { id: 'no uuid at all' },
  { externalId: 'nobody' },
  { externalId: 'a\u0000b' },
  { email: 'nobody@example.com' },
  { phone: '138****0000' },
])('a reference to nobody finds nobody: %j', async (ref) => {
  const shop = await openTestShop()
  expect(await shop.admin(FIND, { ref })).toEqual({ customer: null })
})

test.each([{}, { id: null }, { externalId: 'a', email: 'a@example.com' }])(
  'a reference names somebody in exactly one way: %j',
  async (ref) => {
    const shop = await openTestShop()
    const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), FIND, { ref })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  },
)

test('an id is read in capitals, too', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: null })
  const { customer } = await shop.admin('{ customer(ref: { externalId: "a" }) { id } }')
  expect(await shop.admin(FIND, { ref: { id: customer.id.toUpperCase() } })).toEqual({ customer: { externalId: 'a' } })
})

test('a long list of customers with all they are takes no more statements than a short one', async () => {
  const shop = await openTestShop()
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "x", name: "X" }, { externalId: "y", name: "Y" }]) }')
  const file = (i: number) => ({
    tags: ['all', `t${i}`],
    email: `c${i}@example.com`,
    emailVerified: true,
    companyExternalId: i % 2 ? 'x' : 'y',
    consents: [{ channel: 'SMS', granted: true }],
    identities: [{ kind: 'unionid', value: `u${i}` }],
  })
  await customers(shop, Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, file(i)])))
  const list = (first: number) => (shop: TestShop) =>
    shop.admin(
      'query ($first: Int) { customers(first: $first) { nodes { externalId tags identities { kind value } consents { channel granted } company { externalId people(first: 2) { totalCount nodes { externalId } } } } } }',
      { first },
    )
  await list(1)(shop)
  const short = await statementsIn(() => list(2)(shop))
  // What is fresh for less than a second may be read again between the two: a few more, never one a row.
  let long: Awaited<ReturnType<TestShop['admin']>>
  expect(
    await statementsIn(async () => {
      long = await list(40)(shop)
    }),
  ).toBeLessThan(short + 10)
  const nodes: { externalId: string; tags: string[]; identities: { value: string }[]; company: { people: { totalCount: number } } }[] =
    long.customers.nodes
  expect(nodes).toHaveLength(40)
  for (const { externalId, tags, identities, company } of nodes) {
    const i = externalId.slice(1)
    expect(tags).toEqual(['all', `t${i}`])
    expect(identities.map(({ value }) => value)).toEqual([externalId, `c${i}@example.com`, `u${i}`])
    expect(company.people.totalCount).toBe(20)
  }
})

test('what staff read after a change in the same request is what is true by then', async () => {
  const shop = await openTestShop()
  await customers(shop, { a: { tags: ['x'] }, b: { tags: ['y'] } })
  const { customer: a } = await shop.admin('{ customer(ref: { externalId: "a" }) { id } }')
  const answer = await shop.admin(
    `mutation ($from: ID!) {
      merged: mergeCustomers(from: { externalId: "a" }, into: { externalId: "b" }, reason: "same") { tags }
      apart: unmergeCustomer(from: $from) { tags }
      again: mergeCustomers(from: { externalId: "a" }, into: { externalId: "b" }, reason: "same") { tags } }`,
    { from: a.id },
  )
  expect(answer).toEqual({ merged: { tags: ['x', 'y'] }, apart: { tags: ['x'] }, again: { tags: ['x', 'y'] } })
})
