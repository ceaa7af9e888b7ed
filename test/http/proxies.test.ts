import { randomBytes } from 'node:crypto'
import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { products } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { anotherNode, closeAfterwards, quietConfig, theNode } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Every request of these tests comes from this machine; what X-Forwarded-For says beside that is the question.

const LOCAL = '127.0.0.1, ::1'
const MOST = 30
const unknown = () => `main.${randomBytes(32).toString('base64url')}`

/** A server of its own, with wrong tokens of its own, that trusts these proxies. */
async function servedBehind(trusted: string | null): Promise<TestShop> {
  const app = closeAfterwards(await anotherNode(trusted === null ? {} : { REGULARS_TRUSTED_PROXIES: trusted }))
  const shop = (await openTestShop()).at(app)
  await products(shop, { A: 10_000 })
  return shop
}

/** How the server answers wrong tokens, or wrong codes, one after another; each with what the proxies say of its client. */
const TRIES = {
  tokens: async (shop: TestShop, said: readonly string[]) => {
    const answers = []
    for (const one of said)
      answers.push((await request(shop.app.fastify.server).get(`/l/${unknown()}`).set('x-forwarded-for', one)).status === 429)
    return answers
  },
  codes: async (shop: TestShop, said: readonly string[]) => {
    const answers = []
    for (const one of said) {
      const headers = { ...bearer(shop.keys.publishable), 'x-forwarded-for': one }
      const query = '{ quote(cart: { lines: [{ sku: "A", quantity: 1 }], codes: ["WRONG"] }) { total } }'
      answers.push((await shop.ask('/storefront/graphql', headers, query)).errors[0]?.extensions.code === 'RATE_LIMITED')
    }
    return answers
  },
}
const many = (said: (i: number) => string, count = MOST) => Array.from({ length: count }, (_, i) => said(i))
const HOLDS = Array.from({ length: MOST }, () => false)

describe.each(['tokens', 'codes'] as const)('wrong %s', (kind) => {
  const tries = TRIES[kind]

  test('whoever says of themselves that they are somebody else each time is told to wait all the same', async () => {
    const shop = await servedBehind(null)
    expect(await tries(shop, [...many((i) => `203.0.113.${i}`), '198.51.100.1'])).toEqual([...HOLDS, true])
  })

  test('behind a trusted proxy each client is stopped by their own', async () => {
    const shop = await servedBehind(LOCAL)
    expect(
      await tries(
        shop,
        many(() => '203.0.113.7'),
      ),
    ).toEqual(HOLDS)
    expect(await tries(shop, ['203.0.113.7', '203.0.113.8', '2001:db8::1'])).toEqual([true, false, false])
  })

  test('what a client says in front of what the proxy adds changes nothing, be it the address of a proxy', async () => {
    const shop = await servedBehind(`${LOCAL},10.0.0.0/8`)
    expect(await tries(shop, [...many((i) => `198.51.100.${i}, 203.0.113.7`), '10.0.0.1, 203.0.113.7'])).toEqual([...HOLDS, true])
  })

  test('through two proxies the client counts where both are trusted, else the second proxy', async () => {
    const through = [...many((i) => `203.0.113.${i}, 10.1.2.3`), '198.51.100.1, 10.1.2.3']
    expect(await tries(await servedBehind(`${LOCAL},10.0.0.0/8`), through)).toEqual([...HOLDS, false])
    expect(await tries(await servedBehind(LOCAL), through)).toEqual([...HOLDS, true])
  })

  test('one who is not trusted is not believed', async () => {
    const shop = await servedBehind('10.0.0.0/8')
    expect(await tries(shop, [...many((i) => `203.0.113.${i}`), '198.51.100.1'])).toEqual([...HOLDS, true])
  })

  test('a port beside the address, or what is no address, makes nobody somebody else', async () => {
    const shop = await servedBehind(LOCAL)
    expect(await tries(shop, [...many((i) => `203.0.113.7:${4_000 + i}`), '203.0.113.7'])).toEqual([...HOLDS, true])
    expect(await tries(shop, [...many((i) => `[2001:db8::7]:${4_000 + i}`), '2001:db8::8'])).toEqual([...HOLDS, true])
    expect(await tries(shop, [...many((i) => `unknown-${i}`), 'hidden'])).toEqual([...HOLDS, true])
  })
})

test.each([
  ['203.0.113.9', LOCAL, '203.0.113.9'],
  ['203.0.113.9', null, '127.0.0.1'],
])('the log line of a request from %s, with %s trusted, tells %s', async (said, trusted, told) => {
  const lines: string[] = []
  const { database } = await theNode()
  const config = { ...quietConfig(trusted === null ? {} : { REGULARS_TRUSTED_PROXIES: trusted }), logLevel: 'info' } as const
  const app = await openApp(config, {
    database: { ...database, migrate: async () => [] },
    log: { write: (line) => void lines.push(line) },
  })
  await request(app.fastify.server).get('/readyz').set('x-forwarded-for', said)
  await app.close()
  const answered = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered')
  expect(answered.map(({ client }) => client.replace('::ffff:', ''))).toEqual([told])
})

test('every form of a network that is taken at the start is one that can be served behind', async () => {
  const forms = '10.0.0.5, 10.0.0.0/8,10.1.2.3/32 ,::1,2001:db8::/32,::ffff:10.0.0.1,::ffff:10.0.0.0/104,255.255.255.255/1'
  const app = await anotherNode({ REGULARS_TRUSTED_PROXIES: forms })
  expect((await request(app.fastify.server).get('/readyz').set('x-forwarded-for', '203.0.113.9')).status).toBe(200)
  await app.close()
})
