import request from 'supertest'
import { expect, test } from 'vitest'
import { LIMITS } from '../../src/api/shared/limits.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const refusal = async (shop: TestShop, query: string, variables: object = {}) => {
  const { status, data, errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), query, variables)
  return { status, data, codes: [...new Set(errors.map(({ extensions }) => extensions.code))] }
}
const refused = (code: string) => ({ status: 400, data: null, codes: [code] })
const accepted = expect.objectContaining({ status: 200, codes: [] })

/** `levels` fields within fields, the last of them a leaf; pages of one, so that it is deep and no more. */
const nested = (levels: number): string => {
  const circle = ['orders(first: 1)', 'nodes', 'customer']
  const fields = ['customers(first: 1)', 'nodes', ...Array.from({ length: levels }, (_, i) => circle[i % circle.length])].slice(
    0,
    levels - 1,
  )
  return `{ ${fields.join(' { ')} { ${fields.at(-1) === circle[0] ? 'totalCount' : 'id'} ${'}'.repeat(fields.length)} }`
}

test('a body over the limit is refused before it is read', async () => {
  const shop = await openTestShop()
  const response = await request(shop.app.fastify.server)
    .post('/admin/graphql')
    .set({ ...bearer(shop.keys.owner), 'content-type': 'application/json' })
    .send(JSON.stringify({ query: `{ shop { code } } # ${'x'.repeat(LIMITS.bodyBytes)}` }))
  expect(response.status).toBe(413)
  expect(response.body.errors[0].extensions.code).toBe('BODY_TOO_LARGE')
})

test('a document of too many tokens is refused', async () => {
  const shop = await openTestShop()
  const tokens = (count: number) => `{ shop { ${'code '.repeat(count)} } }`
  expect(await refusal(shop, tokens(LIMITS.tokens))).toEqual(refused('QUERY_TOO_LONG'))
  expect(await refusal(shop, tokens(100))).toEqual(accepted)
})

test('fields nested too deep are refused, through fragments too', async () => {
  const shop = await openTestShop()
  expect(await refusal(shop, nested(LIMITS.depth))).toEqual(accepted)
  expect(await refusal(shop, nested(LIMITS.depth + 1))).toEqual(refused('QUERY_TOO_DEEP'))
  const hidden = `{ customers { nodes { ...a } } }
    fragment a on Customer { orders { nodes { customer { ...b } } } }
    fragment b on Customer { orders { nodes { customer { orders { nodes { customer { orders { nodes { id } } } } } } } } }`
  expect(await refusal(shop, hidden)).toEqual(refused('QUERY_TOO_DEEP'))
})

test('too many aliases are refused wherever they stand', async () => {
  const shop = await openTestShop()
  const aliased = (count: number) => `{ shop { ${Array.from({ length: count }, (_, i) => `a${i}: code`).join(' ')} } }`
  expect(await refusal(shop, aliased(LIMITS.aliases))).toEqual(accepted)
  expect(await refusal(shop, aliased(LIMITS.aliases + 1))).toEqual(refused('TOO_MANY_ALIASES'))
})

test('too many root fields are refused, spread or not', async () => {
  const shop = await openTestShop()
  const fields = (count: number) => 'shop { code } '.repeat(count)
  expect(await refusal(shop, `{ ${fields(LIMITS.rootFields)} }`)).toEqual(accepted)
  expect(await refusal(shop, `{ ${fields(LIMITS.rootFields + 1)} }`)).toEqual(refused('TOO_MANY_ROOT_FIELDS'))
  expect(await refusal(shop, `{ ...a ...a ...a } fragment a on Query { ${fields(10)} }`)).toEqual(refused('TOO_MANY_ROOT_FIELDS'))
})

test('pages of pages are refused by what they could hold, whether the sizes are written out or in variables', async () => {
  const shop = await openTestShop()
  expect(await refusal(shop, '{ customers(first: 250) { nodes { orders(first: 250) { nodes { id } } } } }')).toEqual(
    refused('QUERY_TOO_COMPLEX'),
  )
  const query =
    'query ($a: Int, $b: Int = 250) { customers(first: $a) { nodes { ...orders } } } fragment orders on Customer { orders(first: $b) { nodes { id } } }'
  expect(await refusal(shop, query, { a: 250 })).toEqual(refused('QUERY_TOO_COMPLEX'))
  expect(await refusal(shop, query, { a: 250, b: 20 })).toEqual(accepted)
  expect(await refusal(shop, query, { a: 10 })).toEqual(accepted)
  // Fifty customers are the usual page.
  expect(await refusal(shop, '{ customers { nodes { orders(first: 250) { nodes { lines { id } } } } } }')).toEqual(
    refused('QUERY_TOO_COMPLEX'),
  )
})

test('fragments that double each other are measured at once', async () => {
  const shop = await openTestShop()
  const doubling = Array.from(
    { length: 200 },
    (_, i) => `fragment f${i} on Customer { orders(first: $n) { nodes { id } } ...f${i + 1} ...f${i + 1} }`,
  )
  const query = `query ($n: Int) { customers { nodes { ...f0 } } } ${doubling.join('\n')} fragment f200 on Customer { id }`
  const startedAt = performance.now()
  expect((await refusal(shop, query, { n: 1 })).codes).toEqual(['QUERY_TOO_COMPLEX'])
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})

test('several operations in one request are refused', async () => {
  const shop = await openTestShop()
  const response = await request(shop.app.fastify.server)
    .post('/storefront/graphql')
    .set({ ...bearer(shop.keys.plugin), 'content-type': 'application/json' })
    .send([{ query: '{ shop { code } }' }, { query: '{ shop { code } }' }])
  expect(response.status).toBe(400)
  expect(response.body.errors[0].extensions.code).toBe('BATCH_NOT_ACCEPTED')
})

test('the whole schema can be read without a key, by the query that every tool sends', async () => {
  const { getIntrospectionQuery } = await import('graphql')
  const shop = await openTestShop()
  for (const path of ['/admin/graphql', '/storefront/graphql'] as const) {
    const answer = await shop.ask(
      path,
      {},
      getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true, specifiedByUrl: true }),
    )
    expect(answer.errors).toEqual([])
    expect(answer.data).toMatchObject({ __schema: { queryType: { name: 'Query' } } })
  }
})
