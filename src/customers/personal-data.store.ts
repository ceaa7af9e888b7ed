import type { Id } from '../kernel/id.ts'
import { asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** Who somebody is, out of their rows. Their id stays, and with it their orders, their tier and the company they bought for. */
export async function eraseCustomers({ em, shopId }: World, ids: readonly Id<'Customer'>[]): Promise<void> {
  await rowsOf(
    em,
    sql`update customer set external_id = null, name = null, email = null, email_verified = false, phone = null, phone_verified = false,
          role = null, industry = null, purpose = null, gender = null, birth_date = null, language = null, country = null, region = null,
          city = null, source = null, attributes = '{}', pin_reason = case when pin_tier_id is null then null else 'erased' end
        where shop_id = ${shopId} and id = any(${asUuids(ids)})`,
  )
  await rowsOf(em, sql`delete from customer_identity where shop_id = ${shopId} and customer_id = any(${asUuids(ids)})`)
  await rowsOf(em, sql`delete from customer_tag where shop_id = ${shopId} and customer_id = any(${asUuids(ids)})`)
}

/** What somebody agreed to; what they objected to stays, as the proof that they did. */
export async function eraseConsents({ em, shopId }: World, ids: readonly Id<'Customer'>[]): Promise<void> {
  await rowsOf(em, sql`delete from customer_consent where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and granted`)
}
