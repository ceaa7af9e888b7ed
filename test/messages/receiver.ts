import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import request from 'supertest'
import { type App, configure } from '../../src/app.ts'
import { saveProvider } from '../../src/messages/provider.service.ts'
import { anotherNode, quietConfig } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// A provider of messages as somebody would write it from the contract: a server of its own that checks what is signed.

export const SECRET = `whsec_${randomBytes(32).toString('base64')}`

// biome-ignore lint/suspicious/noExplicitAny: what came in is looked at by tests, field by field
export type Came = { readonly id: string; readonly body: any; readonly headers: IncomingMessage['headers'] }

export type Receiver = {
  readonly url: string
  readonly came: readonly Came[]
  /** What it answers from now on. */
  answer: (came: Came, response: ServerResponse) => void
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export const json =
  (body: object, status = 200) =>
  (_: Came, response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

export async function openReceiver(): Promise<Receiver> {
  const came: Came[] = []
  const webhook = new Webhook(SECRET)
  const server = createServer(async (incoming, response) => {
    let body = ''
    for await (const part of incoming) body += part
    try {
      const read = webhook.verify(body, incoming.headers as Record<string, string>)
      const one = { id: String(incoming.headers['webhook-id']), body: read, headers: incoming.headers }
      came.push(one)
      receiver.answer(one, response)
    } catch {
      response.writeHead(401).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    came,
    answer: json({ status: 'accepted', providerMessageId: 'p-1', costMinor: 5 }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

/** A shop at a server of its own, which may send to providers beside it. */
export async function openShopBeside(env: Readonly<Record<string, string>> = {}): Promise<TestShop & AsyncDisposable> {
  const config = { REGULARS_ALLOW_PRIVATE_WEBHOOKS: 'true', ...env }
  const app: App = await anotherNode(config)
  configure(app.memory, quietConfig(config))
  const shop = await openTestShop({ app })
  return { ...shop, [Symbol.asyncDispose]: () => app.close() }
}

export const SETTINGS = {
  signature: '茶铺',
  templates: [
    {
      id: 'SMS_1',
      parameters: [
        { name: 'name', longest: 20 },
        { name: 'code', longest: 20 },
      ],
    },
  ],
}

export async function smsProvider(shop: TestShop, settings: object, more: object = {}): Promise<void> {
  const saved = await saveProvider(shop.world(), {
    code: 'sms',
    channel: 'SMS',
    kind: 'WEBHOOK',
    name: 'Our SMS',
    settings: { ...SETTINGS, ...settings },
    secret: SECRET,
    enabled: true,
    ratePerSecond: null,
    costMinor: 7,
    ...more,
  })
  if (!saved.ok) throw new Error(saved.problem.message)
}

export const SMS_VARIANT = {
  channel: 'SMS',
  providerTemplateId: 'SMS_1',
  parameters: [
    { name: 'name', value: '{{ customer.name }}' },
    { name: 'code', value: 'SPRING' },
  ],
}

/** A report as the provider signs it; `more` breaks it. */
export function report(
  shop: TestShop,
  body: unknown,
  more: { secret?: string; at?: Date; signature?: string; raw?: string; provider?: string } = {},
) {
  const raw = more.raw ?? JSON.stringify(body)
  const at = more.at ?? new Date()
  return request(shop.app.fastify.server)
    .post(`/m/events/${shop.code}/${more.provider ?? 'sms'}`)
    .set('content-type', 'application/json')
    .set('webhook-id', 'r-1')
    .set('webhook-timestamp', String(Math.floor(at.getTime() / 1_000)))
    .set('webhook-signature', more.signature ?? new Webhook(more.secret ?? SECRET).sign('r-1', at, raw))
    .send(raw)
}
