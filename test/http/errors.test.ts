import request from 'supertest'
import { expect, test, vi } from 'vitest'
import { openApp } from '../../src/app.ts'
import { bearer } from '../harness/client.ts'
import { quietConfig } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'

const TIER = 'mutation ($input: TierInput!) { saveTier(input: $input) { id } }'

test.each([
  ['half of a JSON document', 400, 'MALFORMED_JSON', { 'content-type': 'application/json' }, '{"query":'],
  ['nothing', 400, 'MALFORMED_JSON', { 'content-type': 'application/json' }, ''],
  ['a form', 415, 'UNSUPPORTED_CONTENT_TYPE', { 'content-type': 'application/x-www-form-urlencoded' }, 'query={shop{code}}'],
  ['plain text', 415, 'UNSUPPORTED_CONTENT_TYPE', { 'content-type': 'text/plain' }, '{"query":"{shop{code}}"}'],
  ['JSON without a query', 400, 'BAD_REQUEST', { 'content-type': 'application/json' }, '{"variables":{}}'],
  ['a query that does not parse', 400, 'GRAPHQL_PARSE_FAILED', { 'content-type': 'application/json' }, '{"query":"{ shop {"}'],
  ['an unknown field', 400, 'GRAPHQL_VALIDATION_FAILED', { 'content-type': 'application/json' }, '{"query":"{ shop { kode } }"}'],
  [
    'an operation that is not there',
    400,
    'OPERATION_RESOLUTION_FAILURE',
    { 'content-type': 'application/json' },
    '{"query":"query A { shop { code } }","operationName":"B"}',
  ],
  [
    'a persisted query',
    200,
    'PERSISTED_QUERY_NOT_SUPPORTED',
    { 'content-type': 'application/json' },
    '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}',
  ],
] as const)('%s is refused with its status and code', async (_, status, code, headers, body) => {
  const shop = await openTestShop()
  const response = await request(shop.app.fastify.server)
    .post('/admin/graphql')
    .set({ ...bearer(shop.keys.owner), ...headers })
    .send(body)
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
  expect({ status: response.status, code: response.body.errors[0].extensions.code }).toEqual({ status, code })
  expect(response.body.errors[0].message).toMatch(/\w+/)
})

test('an address where nothing is answers in JSON, and so does a method that has no meaning', async () => {
  const shop = await openTestShop()
  const nothing = await request(shop.app.fastify.server).get('/nothing/here')
  expect({ status: nothing.status, code: nothing.body.errors[0].extensions.code }).toEqual({ status: 404, code: 'NOT_FOUND' })
  const put = await request(shop.app.fastify.server).put('/admin/graphql').send({ query: '{ shop { code } }' })
  expect({ status: put.status, allow: put.headers.allow, code: put.body.errors[0].extensions.code }).toEqual({
    status: 405,
    allow: 'GET, POST',
    code: 'METHOD_NOT_ALLOWED',
  })
})

test('a GET asks and never changes', async () => {
  const shop = await openTestShop()
  const get = (query: string) =>
    request(shop.app.fastify.server)
      .get('/admin/graphql')
      .query({ query })
      .set({ ...bearer(shop.keys.owner), 'content-type': 'application/json' })
  expect((await get('{ shop { code } }')).body).toEqual({ data: { shop: { code: shop.code } } })
  const mutation = await get('mutation { saveTier(input: { code: "gold", name: "Gold", rank: 1 }) { id } }')
  expect({ status: mutation.status, code: mutation.body.errors[0].extensions.code }).toEqual({ status: 405, code: 'BAD_REQUEST' })
  expect(await shop.admin('{ tiers { code } }')).toEqual({ tiers: [] })
})

test('nobody is told to send a key; a wrong key is refused whatever is asked', async () => {
  const shop = await openTestShop()
  const nobody = await shop.ask('/admin/graphql', {}, '{ shop { code } }')
  expect(nobody).toMatchObject({ status: 200, data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  const wrong = await shop.ask(
    '/admin/graphql',
    bearer(`${shop.keys.owner.slice(0, -1)}${shop.keys.owner.endsWith('0') ? '1' : '0'}`),
    '{ __typename }',
  )
  expect(wrong).toMatchObject({ status: 401, data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
})

test('a wrong input is told with its path, from a variable or written out', async () => {
  const shop = await openTestShop()
  const paths = async (query: string, variables?: object) =>
    (await shop.ask('/admin/graphql', bearer(shop.keys.owner), query, variables)).errors.map(({ extensions }) => [
      extensions.code,
      extensions.inputPath,
    ])
  expect(await paths(TIER, { input: { code: 'gold', name: 'Gold', rank: 'first' } })).toEqual([['BAD_USER_INPUT', ['input', 'rank']]])
  expect(
    await paths('mutation ($rank: Int!) { saveTier(input: { code: "gold", name: "Gold", rank: $rank }) { id } }', { rank: 'first' }),
  ).toEqual([['BAD_USER_INPUT', ['input', 'rank']]])
  expect(await paths('mutation { saveTier(input: { code: "gold", name: "Gold", rank: "first" }) { id } }')).toEqual([
    ['GRAPHQL_VALIDATION_FAILED', ['input', 'rank']],
  ])
  expect(await paths('mutation { saveTier(input: { code: "go ld", name: "Gold", rank: 1 }) { id } }')).toEqual([
    ['BAD_USER_INPUT', ['input', 'code']],
  ])
})

test("a text that no database holds is the caller's fault, not ours", async () => {
  const shop = await openTestShop()
  const answer = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'query ($target: String) { auditLog(target: $target) { nodes { id } } }',
    { target: 'a\u0000b' },
  )
  expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT'])
})

test('an outage is one sentence that tells nothing of our insides, and is found in the log by the request id', async () => {
  const shop = await openTestShop()
  const lines: string[] = []
  const down = { ...shop.app.database, migrate: async () => [] }
  const app = await openApp({ ...quietConfig(), logLevel: 'error' }, { database: down, log: { write: (line) => void lines.push(line) } })
  // The key is looked up while the database answers, the tiers once it does not.
  const ask = () =>
    request(app.fastify.server).post('/admin/graphql').set(bearer(shop.keys.owner)).send({ query: '{ auditLog { nodes { id } } }' })
  expect((await ask()).body.errors).toBeUndefined()
  const secret = 'connection refused by db-17.internal'
  vi.spyOn(down, 'fork').mockImplementation(() => {
    throw new Error(secret)
  })
  const failed = await ask()
  expect(failed.body.errors).toEqual([expect.objectContaining({ extensions: { code: 'INTERNAL_SERVER_ERROR' } })])
  expect(failed.text).not.toContain('internal.')
  expect(failed.text).not.toContain(secret)
  const logged = lines
    .map((line) => JSON.parse(line) as { reqId?: string; err?: { message: string } })
    .find(({ err }) => err?.message.includes(secret))
  expect(logged?.reqId).toBe(failed.headers['x-request-id'])
  await app.close()
})
