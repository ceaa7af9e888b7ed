import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { theNode } from '../harness/node.ts'

/** Code fetched from an address that is written down. */
const IMPORT = /\b(?:importScripts|import)\(\s*["'`](?:https?:)?\/\/|\bfrom\s*["'](?:https?:)?\/\//

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

describe.each(['storefront', 'admin'])('a person who opens the %s API in a browser', (api) => {
  test('gets GraphiQL, and nothing in the page leads elsewhere', async () => {
    const { fastify } = await theNode()
    const page = await request(fastify.server).get(`/${api}/graphql`).set('accept', BROWSER)
    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.text).toContain('Bearer ')
    expect(page.text).not.toMatch(/https?:|\/\//)
    const files = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file ?? '')
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) expect((await request(fastify.server).get(file)).status).toBe(200)
  })

  test('is guarded by a policy under which a browser loads, asks and frames nothing foreign', async () => {
    const { fastify } = await theNode()
    const { headers } = await request(fastify.server).get(`/${api}/graphql`).set('accept', BROWSER)
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split('; ')
        .map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]),
    )
    expect(policy['default-src']).toEqual(["'none'"])
    expect(policy['script-src']).toEqual(["'self'"])
    const allowed = new Set(["'self'", "'none'", 'data:', "'unsafe-inline'"])
    for (const source of Object.values<string[]>(policy).flat()) expect(allowed).toContain(source)
  })
})

test('the editor and its workers are served whole: none of them imports anything', async () => {
  const { fastify } = await theNode()
  const script = await request(fastify.server).get('/graphiql/graphiql.js').buffer(true)
  const workers = [...script.text.slice(0, 500).matchAll(/"(\/graphiql\/[\w.]+)"/g)].map(([, file]) => file ?? '')
  expect(workers).toHaveLength(3)
  for (const worker of workers) {
    const { status, headers, text } = await request(fastify.server).get(worker).buffer(true)
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/javascript; charset=utf-8' })
    expect(IMPORT.test(text)).toBe(false)
  }
  expect(IMPORT.test(script.text)).toBe(false)
  const style = await request(fastify.server).get('/graphiql/graphiql.css').buffer(true)
  expect(/url\((?!["']?data:)|@import/.test(style.text)).toBe(false)
})

test('the files come zipped, and not again while they stay as they are', async () => {
  const { fastify } = await theNode()
  const first = await request(fastify.server).get('/graphiql/graphiql.css').set('accept-encoding', 'gzip')
  expect(first.headers['content-encoding']).toBe('gzip')
  const etag = String(first.headers.etag)
  expect((await request(fastify.server).get('/graphiql/graphiql.css').set('if-none-match', etag)).status).toBe(304)
  expect((await request(fastify.server).get('/graphiql/nothing.js')).status).toBe(404)
})

test('a program at the same address gets GraphQL', async () => {
  const { fastify } = await theNode()
  const answer = await request(fastify.server)
    .get('/admin/graphql')
    .query({ query: '{ __typename }' })
    .set('content-type', 'application/json')
  expect(answer.body).toEqual({ data: { __typename: 'Query' } })
})

test("a shop's page in a browser may ask the storefront from its own origin, and the admin API from none", async () => {
  const { fastify } = await theNode()
  const preflight = await request(fastify.server)
    .options('/storefront/graphql')
    .set({ origin: 'https://shop.example', 'access-control-request-method': 'POST' })
  expect(preflight.status).toBe(204)
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, content-type, x-shopper-token',
  })
  const asked = await request(fastify.server)
    .post('/storefront/graphql')
    .set('origin', 'https://shop.example')
    .send({ query: '{ __typename }' })
  expect(asked.headers['access-control-allow-origin']).toBe('*')
  const admin = await request(fastify.server).post('/admin/graphql').set('origin', 'https://shop.example').send({ query: '{ __typename }' })
  expect(admin.headers['access-control-allow-origin']).toBeUndefined()
})
