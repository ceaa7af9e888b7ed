import { accept } from '../../src/kernel/result.ts'
import type { NewMessage, Queued } from '../../src/messages/message.model.ts'
import { saveProvider } from '../../src/messages/provider.service.ts'
import { queueMessages } from '../../src/messages/queue.service.ts'
import { saveTemplate } from '../../src/messages/template.service.ts'
import { newId } from '../../src/shell/ids.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { transact } from '../../src/shell/world.ts'
import type { TestShop } from '../harness/shop.ts'
import type { Mailbox } from './mailbox.ts'

export async function mailServer(shop: TestShop, box: Pick<Mailbox, 'port'>, more: object = {}): Promise<void> {
  const saved = await saveProvider(shop.world(), {
    code: 'mail',
    channel: 'EMAIL',
    kind: 'SMTP',
    name: 'Our mail server',
    settings: { host: '127.0.0.1', port: box.port, security: 'NONE', from: 'shop@tea.example', fromName: 'Tea House' },
    enabled: true,
    ratePerSecond: null,
    costMinor: 1,
    ...more,
  })
  if (!saved.ok) throw new Error(saved.problem.message)
}

export async function mailTemplate(shop: TestShop, code: string, variant: object, ...others: object[]): Promise<void> {
  const blank = {
    channel: 'EMAIL',
    language: null,
    tierCode: null,
    subject: null,
    html: null,
    text: null,
    providerTemplateId: null,
    parameters: [],
  } as const
  const saved = await saveTemplate(shop.world(), { code, name: code, variants: [variant, ...others].map((one) => ({ ...blank, ...one })) })
  if (!saved.ok) throw new Error(`${saved.problem.message} ${saved.problem.path?.join('.')}`)
}

export async function idOf(shop: TestShop, externalId: string): Promise<string> {
  return (await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { id } }', { ref: { externalId } })).customer.id
}

/** Messages to customers by external id, from a template, as a campaign would queue them. */
export async function queue(
  shop: TestShop,
  templateCode: string,
  externalIds: readonly string[],
  more: Partial<NewMessage> = {},
): Promise<readonly Queued[]> {
  const rows: NewMessage[] = []
  for (const externalId of externalIds)
    rows.push({
      exposureId: newId(),
      campaignId: null,
      campaignCode: null,
      step: null,
      touchId: null,
      customerId: await idOf(shop, externalId),
      channel: 'EMAIL',
      purpose: 'MARKETING',
      templateCode,
      variables: {},
      notAfter: null,
      ...more,
    })
  const answer = await transact(shop.world(), async (tx) => accept(await queueMessages(tx, rows)))
  if (!answer.ok) throw new Error('queueing refused')
  return answer.value
}

/** Has messages be such of which nobody knows whether they went, as the end of a worker leaves them; which they are. */
export async function inDoubt(shop: TestShop, queued: readonly Queued[]): Promise<string[]> {
  const ids = queued.flatMap((one) => (one.kind === 'QUEUED' ? one.id : []))
  const { em, shopId } = shop.world()
  for (const id of ids)
    await rowsOf(
      em,
      sql`update message set status = 'DOUBTFUL', reason = 'WORKER_LOST', claimed_at = queued_at where shop_id = ${shopId} and id = ${id}::uuid`,
    )
  return ids
}
