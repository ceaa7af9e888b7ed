import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRunnable, readDocument } from '../docs/document.ts'
import { type Command, compiled, ownDatabase, startCommand, startProgram } from '../harness/program.ts'

/** One demo for all that is asked of it here. */
let place: { env: Record<string, string>; folder: string; drop: () => Promise<void> }
let demo: Command
let firstStartMs: number
const START_MS = 120_000

beforeAll(async () => {
  place = await placeForDemo()
  // Compiled before the clock runs: only the first start would wait for that.
  await compiled()
  const began = performance.now()
  demo = await startDemo()
  firstStartMs = performance.now() - began
}, START_MS)
afterAll(async () => {
  await demo?.[Symbol.asyncDispose]()
  await place?.drop()
})

/** A database of one's own, and a folder for the keys where that is a server's. */
async function placeForDemo() {
  const { env, drop } = await ownDatabase()
  const folder = env.REGULARS_DATA_DIR ?? (await mkdtemp(path.join(tmpdir(), 'regulars-demo-')))
  return {
    env: { ...env, REGULARS_DATA_DIR: folder, PORT: '0' },
    folder,
    drop: async () => {
      await drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startDemo(): Promise<Command> {
  const command = await startCommand(['demo'], place.env)
  await command.says(/Ctrl-C ends it/)
  return command
}

/** What it says is to be pasted: the exports, and the curls. */
const exportsOf = (command: Command): Record<string, string> =>
  Object.fromEntries([...command.said().matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]))
const curlsOf = (command: Command): string[] => [...command.said().matchAll(/^curl (?:.*\\\n)+.*$/gm)].map(([text]) => text)

/** As somebody's shell does it, with nothing else around. */
async function shell(text: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euc', text], { env: { PATH: process.env.PATH ?? '', ...env } })
  return stdout
}

type Price = { sku: string; listPrice: number; memberPrice: number }

async function post(command: Command, api: 'admin' | 'storefront', key: string, query: string) {
  const env = exportsOf(command)
  const response = await fetch(`${env.REGULARS_URL}/${api}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env[key]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  return (await response.json()) as any
}

describe('the demo', () => {
  test('prints a curl that shows a gold customer paying less than list for each product', async () => {
    const { data } = JSON.parse(await shell(curlsOf(demo)[0] ?? ''))
    expect(data.memberPrices).toHaveLength(3)
    for (const { listPrice, memberPrice } of data.memberPrices as Price[]) expect(memberPrice).toBeLessThanOrEqual(listPrice * 0.9)
    const mei = await post(demo, 'admin', 'REGULARS_ADMIN_KEY', '{ customer(ref: {externalId: "mei"}) { tier { code } } }')
    expect(mei.data.customer.tier.code).toBe('gold')
  })

  test('prints a curl that prices her cart, with what each rule took', async () => {
    const { quote } = JSON.parse(await shell(curlsOf(demo)[1] ?? '')).data
    expect(quote.total).toBe(quote.lines.reduce((sum: number, line: { total: number }) => sum + line.total, 0))
    expect(quote.subtotal - quote.discountTotal).toBe(quote.total)
    expect(quote.orderRules).toHaveLength(1)
    expect(quote.gifts.length).toBeGreaterThan(0)
    expect(quote.freeShipping).toBe(true)
  })

  test('prints a private link that opens, and a curl that prices a cart with it, for whoever they are', async () => {
    const { REGULARS_URL: url, REGULARS_LINK_TOKEN: token } = exportsOf(demo)
    expect(demo.said()).toContain(`${url}/l/${token}\n`)
    const opened = await fetch(`${url}/l/${token}`, { redirect: 'manual' })
    expect([opened.status, opened.headers.get('location')]).toEqual([302, `/?privateLink=${token}`])
    const { quote } = JSON.parse(await shell(curlsOf(demo)[2] ?? '')).data
    expect(quote).toMatchObject({ total: 29_900, lines: [{ rules: [{ kind: 'PRIVATE_LINK', amount: 6_300 }] }] })
  })

  test('has people for queries that are counted from today', async () => {
    const { data } = await post(
      demo,
      'admin',
      'REGULARS_ADMIN_KEY',
      `{ everybody: previewSegment(query: "") { customerCount }
         lastWeek: previewSegment(query: "last_order_date >= -7d") { customerCount }
         silent: previewSegment(query: "number_of_orders >= 2 AND last_order_date < -180d") { customerCount }
         tiers { code customerCount } }`,
    )
    expect(data.everybody.customerCount).toBe(2_000)
    expect(data.lastWeek.customerCount).toBeGreaterThan(20)
    expect(data.silent.customerCount).toBeGreaterThan(20)
    expect(data.tiers.map((tier: { code: string }) => tier.code)).toEqual(['bronze', 'silver', 'gold', 'diamond'])
    for (const tier of data.tiers) expect(tier.customerCount).toBeGreaterThan(0)
  })

  test('has its ladders and offers in force', async () => {
    const { data } = await post(
      demo,
      'admin',
      'REGULARS_ADMIN_KEY',
      '{ ladders(status: PUBLISHED) { totalCount } offers(status: PUBLISHED) { totalCount } }',
    )
    expect(data.ladders.totalCount).toBe(4)
    expect(data.offers.totalCount).toBe(10)
  })

  test('gives a browser a key that may name nobody', async () => {
    const { errors } = await post(demo, 'storefront', 'REGULARS_PUBLISHABLE_KEY', '{ shopper(customer: {externalId: "mei"}) { id } }')
    expect(errors[0].extensions.code).toBe('FORBIDDEN')
  })

  test('keeps its keys in a file of its own that nobody else can read, and nowhere else', async () => {
    const { mode } = await stat(path.join(place.folder, 'demo-keys.json'))
    expect(mode & 0o777).toBe(0o600)
    const { REGULARS_PLUGIN_KEY: secret = '', REGULARS_LINK_TOKEN: token = '' } = exportsOf(demo)
    const files = await readdir(place.folder, { recursive: true, withFileTypes: true })
    const holding = []
    for (const file of files.filter((entry) => entry.isFile())) {
      const bytes = await readFile(path.join(file.parentPath, file.name))
      if (bytes.includes(secret) || bytes.includes(token)) holding.push(file.name)
    }
    expect(holding).toEqual(['demo-keys.json'])
  })

  describe('what the READMEs say', async () => {
    for (const file of ['README.md', 'README.zh-CN.md']) {
      const { blocks } = await readDocument(file)
      for (const [i, block] of blocks.entries()) {
        const beside = blocks[i + 1]?.info === 'json' ? JSON.parse(blocks[i + 1]?.text ?? '') : { data: expect.anything() }
        if (isRunnable(block))
          test(`${file}: what is to be pasted gives the answer beside it (${i})`, async () => {
            expect(JSON.parse(await shell(block.text, exportsOf(demo)))).toEqual(beside)
          })
      }
    }
  })

  test(
    'starts again sooner than the first time, with the same shop and the same keys, and ends on Ctrl-C',
    async () => {
      const before = exportsOf(demo)
      demo.process.kill('SIGINT')
      expect(await demo.ended).toBe(0)
      const began = performance.now()
      demo = await startDemo()
      expect(performance.now() - began).toBeLessThan(firstStartMs)
      expect(demo.said()).not.toContain('Making the demo shop')
      const { REGULARS_URL: _, ...keys } = exportsOf(demo)
      expect(before).toMatchObject(keys)
      const { data } = JSON.parse(await shell(curlsOf(demo)[0] ?? ''))
      expect(data.memberPrices).toHaveLength(3)
      const again = await post(demo, 'admin', 'REGULARS_ADMIN_KEY', '{ previewSegment(query: "") { customerCount } }')
      expect(again.data.previewSegment.customerCount).toBe(2_000)
    },
    START_MS,
  )

  test(
    'makes new keys where the file is gone, and the old ones open nothing any more',
    async () => {
      const { REGULARS_ADMIN_KEY: old, REGULARS_LINK_TOKEN: oldToken } = exportsOf(demo)
      demo.process.kill('SIGINT')
      await demo.ended
      await rm(path.join(place.folder, 'demo-keys.json'))
      demo = await startDemo()
      const { REGULARS_URL: url, REGULARS_ADMIN_KEY: now, REGULARS_LINK_TOKEN: token } = exportsOf(demo)
      expect(now).not.toBe(old)
      const ask = (key = '') =>
        fetch(`${url}/admin/graphql?query={shop{code}}`, {
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        })
      expect((await ask(now)).status).toBe(200)
      expect((await ask(old)).status).toBe(401)
      const open = (kept = '') => fetch(`${url}/l/${kept}`, { redirect: 'manual' })
      expect([(await open(token)).status, (await open(oldToken)).status]).toEqual([302, 404])
    },
    START_MS,
  )
})

test(
  'the demo is not mixed into a shop that has data',
  async () => {
    const elsewhere = await placeForDemo()
    const key = 'a-bootstrap-key-of-more-than-32-characters'
    {
      await using program = await startProgram({ ...elsewhere.env, REGULARS_BOOTSTRAP_KEY: key })
      const response = await fetch(`${program.url}/admin/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'mutation { saveTier(input: {code: "ours", name: "Ours", rank: 1}) { code } }' }),
      })
      expect(await response.json()).toEqual({ data: { saveTier: { code: 'ours' } } })
      program.process.kill('SIGTERM')
      await program.ended
    }
    await using refused = await startCommand(['demo'], elsewhere.env)
    expect(await refused.ended).toBe(1)
    expect(refused.said()).toMatch(/^regulars: Shop "main" .* has data or settings of its own, and the demo is not mixed with them: .*\n$/)
    await elsewhere.drop()
  },
  START_MS,
)

test(
  'the demo says in one sentence that its port is taken, before it makes a shop',
  async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    )
    const elsewhere = await placeForDemo()
    await using refused = await startCommand(['demo'], { ...elsewhere.env, PORT: String(port) })
    expect(await refused.ended).toBe(1)
    expect(refused.said()).toBe(`regulars: Something else listens at port ${port} already: stop it, or choose another PORT.\n`)
    server.close()
    await elsewhere.drop()
  },
  START_MS,
)
