import request from 'supertest'
import { expect, test, vi } from 'vitest'
import { openApp } from '../../src/app.ts'
import { bearer } from '../harness/client.ts'
import { quietConfig, theNode } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'

test('a process is ready while its database answers, and only then', async () => {
  const { database } = await theNode()
  const flaky = { ...database, migrate: async () => [] }
  const app = await openApp(quietConfig(), { database: flaky })
  const ready = () => request(app.fastify.server).get('/readyz')
  expect((await ready()).status).toBe(200)
  vi.spyOn(flaky, 'fork').mockImplementation(() => {
    throw new Error('gone')
  })
  const refused = await ready()
  expect({ status: refused.status, code: refused.body.errors[0].extensions.code }).toEqual({ status: 503, code: 'NOT_READY' })
  expect((await request(app.fastify.server).get('/healthz')).status).toBe(200)
  await app.close()
})

test('requests and errors are counted by API, status and code, and by no name of a shop, key or customer', async () => {
  const shop = await openTestShop()
  await shop.admin('{ shop { code } }')
  await shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation { deleteTier(code: "none") }')
  const { text, headers } = await request(shop.app.fastify.server).get('/metrics')
  expect(headers['content-type']).toContain('text/plain')
  expect(text).toMatch(/^http_request_duration_seconds_count\{api="admin",status="200"\} \d+$/m)
  expect(text).toMatch(/^graphql_errors_total\{api="admin",code="UNKNOWN_TIER"\} \d+$/m)
  expect(text).toContain('process_cpu_seconds_total')
  expect(text).not.toContain(shop.code)
  const labels = new Set(
    [...text.matchAll(/^(?:http|graphql)\w+\{([^}]*)\}/gm)].flatMap(([, list]) =>
      (list ?? '').split(',').map((label) => label.split('=')[0]),
    ),
  )
  expect([...labels].sort()).toEqual(['api', 'code', 'le', 'status'])
})
