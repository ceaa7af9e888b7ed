import type { Id } from '../kernel/id.ts'
import { newId } from '../shell/ids.ts'
import { asJson, asTexts, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Consent, Customer, Identity, Tag } from './customer.model.ts'
import type { Owned } from './customer.store.ts'

/** Creates these customers, or writes their facts anew; tier, pin and merge are others' and stay. */
export async function writeCustomers({ em, shopId, now }: World, customers: readonly Customer[]): Promise<void> {
  if (customers.length === 0) return
  const rows = customers.map((customer) => ({
    id: customer.id,
    external_id: customer.externalId,
    name: customer.name,
    email: customer.email,
    email_verified: customer.emailVerified,
    phone: customer.phone,
    phone_verified: customer.phoneVerified,
    kind: customer.kind,
    role: customer.role,
    company_id: customer.companyId,
    industry: customer.industry,
    purpose: customer.purpose,
    gender: customer.gender,
    birth_date: customer.birthDate,
    language: customer.language,
    country: customer.country,
    region: customer.region,
    city: customer.city,
    source: customer.source,
    attributes: customer.attributes,
    registered_at: new Date(customer.registeredAt).toISOString(),
  }))
  await rowsOf(
    em,
    sql`insert into customer (shop_id, id, external_id, name, email, email_verified, phone, phone_verified, kind, role, company_id, industry,
          purpose, gender, birth_date, language, country, region, city, source, attributes, registered_at, created_at)
        select ${shopId}::integer, w.*, ${atInstant(now)}
        from jsonb_to_recordset(${asJson(rows)}) as w (id uuid, external_id text, name text, email text, email_verified boolean, phone text,
          phone_verified boolean, kind text, role text, company_id uuid, industry text, purpose text, gender text, birth_date date,
          language text, country text, region text, city text, source text, attributes jsonb, registered_at timestamptz)
        on conflict (shop_id, id) do update set
          external_id = excluded.external_id, name = excluded.name, email = excluded.email, email_verified = excluded.email_verified,
          phone = excluded.phone, phone_verified = excluded.phone_verified, kind = excluded.kind, role = excluded.role,
          company_id = excluded.company_id, industry = excluded.industry, purpose = excluded.purpose, gender = excluded.gender,
          birth_date = excluded.birth_date, language = excluded.language, country = excluded.country, region = excluded.region,
          city = excluded.city, source = excluded.source, attributes = excluded.attributes, registered_at = excluded.registered_at`,
  )
}

export async function removeIdentities({ em, shopId }: World, names: readonly Owned<Identity>[]): Promise<void> {
  if (names.length === 0) return
  await rowsOf(
    em,
    sql`delete from customer_identity n using jsonb_to_recordset(${asJson(names)}) as w ("customerId" uuid, kind text, value text)
        where n.shop_id = ${shopId} and n.customer_id = w."customerId" and n.kind = w.kind and n.value = w.value`,
  )
}

export async function addIdentities({ em, shopId }: World, names: readonly Owned<Identity>[]): Promise<void> {
  if (names.length === 0) return
  await rowsOf(
    em,
    sql`insert into customer_identity (shop_id, customer_id, kind, value, verified)
        select ${shopId}::integer, w."customerId", w.kind, w.value, w.verified
        from jsonb_to_recordset(${asJson(names)}) as w ("customerId" uuid, kind text, value text, verified boolean)
        order by w.kind, w.value
        on conflict do nothing`,
  )
}

export async function addConsents({ em, shopId }: World, consents: readonly Owned<Consent>[]): Promise<void> {
  if (consents.length === 0) return
  const rows = consents.map((consent) => ({ ...consent, id: newId(), at: new Date(consent.at).toISOString() }))
  await rowsOf(
    em,
    sql`insert into customer_consent (shop_id, id, customer_id, channel, purpose, granted, at, source, wording, firm)
        select ${shopId}::integer, w.id, w."customerId", w.channel, w.purpose, w.granted, w.at, w.source, w.wording, w.firm
        from jsonb_to_recordset(${asJson(rows)}) as w (id uuid, "customerId" uuid, channel text, purpose text, granted boolean, at timestamptz,
          source text, wording text, firm boolean)`,
  )
}

/**
 * Adds tags by hand to customers; those who did not have them, by a rule either, are the answer. A tag is written as it
 * was first written in the shop.
 */
export async function addTags({ em, shopId }: World, tags: readonly { customerId: Id<'Customer'>; tag: Tag }[]): Promise<Id<'Customer'>[]> {
  if (tags.length === 0) return []
  const rows = tags.map(({ customerId, tag }, i) => ({ i, customer_id: customerId, tag_key: tag.key, tag: tag.text }))
  const added = await rowsOf<{ customer_id: Id<'Customer'>; is_new: boolean }>(
    em,
    sql`with wanted as (
          select * from jsonb_to_recordset(${asJson(rows)}) as w (i integer, customer_id uuid, tag_key text, tag text)),
        written as (
          select distinct on (w.tag_key) w.tag_key,
            coalesce((select t.tag from customer_tag t where t.shop_id = ${shopId} and t.tag_key = w.tag_key limit 1), w.tag) as tag
          from wanted w order by w.tag_key, w.i)
        insert into customer_tag (shop_id, customer_id, tag_key, tag)
        select ${shopId}::integer, w.customer_id, w.tag_key, x.tag from wanted w join written x on x.tag_key = w.tag_key
        order by w.customer_id, w.tag_key
        on conflict (shop_id, customer_id, tag_key) do update set by_hand = true where not customer_tag.by_hand
        returning customer_id, by_hand and not by_rule as is_new`,
  )
  return added.flatMap((row) => (row.is_new ? [row.customer_id] : []))
}

/** Takes tags that were put on by hand from customers; those who have one less are the answer. What a rule holds stays. */
export async function removeTags({ em, shopId }: World, ids: readonly string[], keys: readonly string[]): Promise<Id<'Customer'>[]> {
  if (keys.length === 0) return []
  const removed = await rowsOf<{ customer_id: Id<'Customer'> }>(
    em,
    sql`with kept as (
          update customer_tag set by_hand = false
          where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and tag_key = any(${asTexts(keys)}) and by_hand and by_rule)
        delete from customer_tag
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and tag_key = any(${asTexts(keys)}) and not by_rule
        returning customer_id`,
  )
  return removed.map((row) => row.customer_id)
}

/** In the order of their keys; `byHand`: only those that somebody put on. */
export async function findTags({ em, shopId }: World, ids: readonly string[], { byHand = false } = {}): Promise<Owned<Tag>[]> {
  const rows = await rowsOf<{ customer_id: Id<'Customer'>; tag_key: string; tag: string }>(
    em,
    sql`select customer_id, tag_key, tag from customer_tag where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) and (by_hand or not ${byHand}) order by tag_key`,
  )
  return rows.map((row) => ({ customerId: row.customer_id, key: row.tag_key, text: row.tag }))
}
