import request from 'supertest'
import { expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { bearer } from '../harness/client.ts'
import { quietConfig, theNode } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'

test('each request leaves one line under the id that its answer has, and no key or token is ever in one', async () => {
  const shop = await openTestShop()
  const { database } = await theNode()
  const lines: string[] = []
  const app = await openApp(
    { ...quietConfig(), logLevel: 'trace' },
    { database: { ...database, migrate: async () => [] }, log: { write: (line) => void lines.push(line) } },
  )
  const token = `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(20)}.${'b'.repeat(20)}`
  const ask = (path: string, key: string, query: string) =>
    request(app.fastify.server)
      .post(`${path}?token=${token}&key=${key}`)
      .set({ ...bearer(key), 'x-shopper-token': token })
      .send({ query })
  const good = await ask('/admin/graphql', shop.keys.owner, '{ shop { code } }')
  expect(good.status).toBe(200)
  await ask('/storefront/graphql', shop.keys.publishable, '{ shop { code } }')
  await ask('/storefront/graphql', `${shop.keys.plugin}x`, '{ shop { code } }')
  await ask(`/nowhere/${shop.keys.owner}`, shop.keys.owner, '{ shop { code } }')
  await ask('/admin/graphql', shop.keys.owner, `{ shop { code(key: "${shop.keys.owner}") } }`)
  app.fastify.log.error({ err: new Error(`it quoted ${shop.keys.plugin} and ${token}`) }, 'a fault that quotes secrets')
  await app.close()

  const answered = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered')
  expect(answered).toHaveLength(5)
  expect(answered[0]).toMatchObject({
    reqId: good.headers['x-request-id'],
    api: 'admin',
    method: 'POST',
    route: '/admin/graphql',
    status: 200,
  })
  const all = lines.join('')
  expect(all).toContain('it quoted [secret] and [secret]')
  for (const secret of [...Object.values(shop.keys), token]) expect(all).not.toContain(secret.slice(-30))
})
