import { asJson, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

export async function insertDeadAddresses(
  { em, shopId, now }: World,
  dead: readonly { readonly customerId: string; readonly channel: string; readonly address: string; readonly why: string }[],
): Promise<void> {
  if (dead.length === 0) return
  await rowsOf(
    em,
    sql`insert into dead_address (shop_id, customer_id, channel, address, since, why)
        select ${shopId}::integer, "customerId", channel, address, ${atInstant(now)}, why
        from jsonb_to_recordset(${asJson(dead)}) as w ("customerId" uuid, channel text, address text, why text)
        order by "customerId", channel, address
        on conflict do nothing`,
  )
}
