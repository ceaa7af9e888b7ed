import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { deliverDue } from '../../src/webhooks/sending.service.ts'
import type { TestShop } from '../harness/shop.ts'

// A receiver as a shop's developer would write it: a server of its own that checks what is signed.

// biome-ignore lint/suspicious/noExplicitAny: what came in is looked at by tests, field by field
type Data = any
export type Came = {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: Data
  readonly headers: IncomingMessage['headers']
}

export type Receiver = AsyncDisposable & {
  readonly url: string
  /** What was signed by one of the secrets that it knows, in the order in which it came. */
  readonly came: Came[]
  readonly unsigned: string[]
  readonly secrets: string[]
  /** What it answers from now on. */
  answer: (came: Came, response: ServerResponse) => void | Promise<void>
}

export const status =
  (code: number, body = '') =>
  (_: Came, response: ServerResponse): void =>
    void response.writeHead(code).end(body)

export async function openReceiver(): Promise<Receiver> {
  const server = createServer(async (incoming, response) => {
    let body = ''
    for await (const part of incoming) body += part
    const read = receiver.secrets.flatMap((secret) => verified(secret, body, incoming))[0]
    if (read === undefined) {
      receiver.unsigned.push(body)
      response.writeHead(401).end()
      return
    }
    const came = { id: String(incoming.headers['webhook-id']), headers: incoming.headers, ...read }
    receiver.came.push(came)
    await receiver.answer(came, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/regulars`,
    came: [],
    unsigned: [],
    secrets: [],
    answer: status(204),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

function verified(secret: string, body: string, { headers }: IncomingMessage): Data[] {
  try {
    return [new Webhook(secret).verify(body, headers as Record<string, string>)]
  } catch {
    return []
  }
}

/** Has the receiver be told of these events. */
export async function subscribe(shop: TestShop, receiver: Receiver, topics: readonly string[], more: object = {}): Promise<void> {
  const { saveWebhookSubscription: saved } = await shop.admin(
    'mutation ($input: WebhookSubscriptionInput!) { saveWebhookSubscription(input: $input) { secret } }',
    { input: { code: 'erp', url: receiver.url, topics, ...more } },
  )
  if (saved.secret !== null) receiver.secrets.push(saved.secret)
}

/** Sends what is due in so many milliseconds, as the background would; all of it. */
export async function deliver(shop: TestShop, inMs = 0): Promise<void> {
  while ((await deliverDue(shop.world(new Date(Date.now() + inMs)))).more);
}

/** What is to be tried again is due: no clock is waited for. */
export async function letBeDue(shop: TestShop): Promise<void> {
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`update webhook_delivery set due_at = due_at - interval '4 days' where shop_id = ${shopId} and status = 'WAITING' and claim_id is null`,
  )
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
export async function deliveries(shop: TestShop, filter: object = {}, code = 'erp'): Promise<any[]> {
  const { webhookDeliveries } = await shop.admin(
    `query ($code: String!, $status: WebhookDeliveryStatus) { webhookDeliveries(code: $code, status: $status, first: 250) {
      totalCount nodes { eventId topic status attempts answered fault dueAt deliveredAt triedAt customerId data } } }`,
    { code, ...filter },
  )
  return webhookDeliveries.nodes
}
