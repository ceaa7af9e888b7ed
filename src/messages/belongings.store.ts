import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** All messages to these customers, the oldest first, with what they said as long as it is kept. */
export async function tellMessages({ em, shopId }: World, customerIds: readonly string[]): Promise<object[]> {
  return rowsOf<object>(
    em,
    sql`select m.id, m.customer_id as "customerId", m.channel, m.purpose, m.campaign_code as campaign, m.template_code as template, m.status, m.reason,
          m.queued_at as "queuedAt", m.sent_at as "sentAt", c.recipient, c.content
        from message m left join message_content c on c.shop_id = m.shop_id and c.message_id = m.id
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) order by m.id`,
  )
}

/** Makes one customer's messages another's; which they were. */
export async function moveMessages({ em, shopId }: World, from: string, into: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`with held as materialized (
          select id from message where shop_id = ${shopId} and customer_id = ${from}::uuid order by id for update)
        update message m set customer_id = ${into}::uuid from held h where m.shop_id = ${shopId} and m.id = h.id returning m.id`,
  )
  return rows.map(({ id }) => id)
}

/** Gives messages back, as far as they are still theirs. */
export async function returnMessages({ em, shopId }: World, from: string, into: string, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`with held as materialized (
          select id from message where shop_id = ${shopId} and customer_id = ${into}::uuid and id = any(${asUuids(ids)}) order by id for update)
        update message m set customer_id = ${from}::uuid from held h where m.shop_id = ${shopId} and m.id = h.id`,
  )
}

/** What messages to these customers said, where they went and what was answered; that they went stays. */
export async function forgetMessages({ em, shopId }: World, customerIds: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`delete from message_content c using message m
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) and c.shop_id = m.shop_id and c.message_id = m.id`,
  )
  await rowsOf(
    em,
    sql`with held as materialized (
          select id from message where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})
            and (reason is not null or provider_message_id is not null or language is not null) order by id for update)
        update message m set reason = case when m.reason ~ '^[A-Z_]+$' then m.reason end, provider_message_id = null, language = null
        from held h where m.shop_id = ${shopId} and m.id = h.id`,
  )
}
