import { parse } from 'csv-parse/sync'
import request from 'supertest'
import { expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, products } from '../harness/acts.ts'
import { commit, held, reserve } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { BATCH, createLink, open, refusedLink, revokeLink, VIEW, view, wantedLink } from '../harness/links.ts'
import { quietConfig, theNode } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'

test('a token is in the answer that made it and in no row of any table, no log line, no metric and no error', async () => {
  const { database } = await theNode()
  const lines: string[] = []
  const app = await openApp(
    { ...quietConfig(), logLevel: 'trace' },
    { database: { ...database, migrate: async () => [] }, log: { write: (line) => void lines.push(line) } },
  )
  const shop = (await openTestShop()).at(app)
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: {} })
  const { token, link } = await createLink(shop, { maxUses: 3, note: 'for staff' })
  const { csv } = (await shop.admin(BATCH, { input: wantedLink(), query: '' })).createPrivateLinks
  const [, [, , , , , ofBatch = '']] = parse(csv) as [string[], string[]]
  await open(shop, token)
  await open(shop, `${token}x`)
  await view(shop, token, 'mei')
  await refusedLink(shop, token, 'mei')
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei', token })).id, 'o1')
  await reserve(shop, { cart: { A: 1 }, token, total: 1 })
  await revokeLink(shop, link.id)
  await reserve(shop, { cart: { A: 1 }, token, total: 1 })
  const said = [
    await shop.ask('/storefront/graphql', bearer(shop.keys.publishable), VIEW, { token, customer: { externalId: 'mei' } }),
    await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), VIEW, { token, customer: { externalId: 'ghost' } }),
  ]
  expect(said.map(({ errors }) => errors.length)).toEqual([1, 1])
  app.fastify.log.error({ err: new Error(`it quoted ${token}.`) }, 'a fault that quotes a token')
  const metrics = (await request(app.fastify.server).get('/metrics')).text
  await app.close()

  const tables = await rowsOf<{ name: string }>(database.fork(), sql`select tablename as name from pg_tables where schemaname = 'public'`)
  expect(tables.length).toBeGreaterThan(25)
  const rows: string[] = []
  for (const { name } of tables)
    rows.push(
      ...(await rowsOf<{ text: string }>(database.fork(), sql`select to_jsonb(t)::text as text from ${sql.table(name)} t`)).map(
        ({ text }) => text,
      ),
    )
  expect(rows.some((row) => row.includes('for staff'))).toBe(true)
  expect(lines.filter((line) => line.includes('"route":"/l/*"'))).toHaveLength(2)
  expect(lines.join('')).toContain('it quoted [secret].')
  expect(metrics).toContain('api="link"')
  for (const secret of [token.slice(-43), ofBatch.slice(-43)]) {
    expect(secret).toMatch(/^[\w-]{43}$/)
    const inHex = Buffer.from(secret, 'base64url').toString('hex')
    for (const place of [rows.join('\n'), lines.join(''), metrics, JSON.stringify(said)])
      for (const form of [secret, inHex]) expect(place.includes(form)).toBe(false)
  }
})
