import { defineEntity, p } from '@mikro-orm/core'
import type { Id } from '../kernel/id.ts'
import type { Day } from '../kernel/zone.ts'
import { sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { Channel, Customer, TouchPurpose } from './customer.model.ts'

export const CustomerRow = defineEntity({
  name: 'CustomerRow',
  tableName: 'customer',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    externalId: p.text().nullable(),
    name: p.text().nullable(),
    email: p.text().nullable(),
    emailVerified: p.boolean().default(false),
    phone: p.text().nullable(),
    phoneVerified: p.boolean().default(false),
    kind: p.text().$type<Customer['kind']>().default('INDIVIDUAL'),
    role: p.text().nullable(),
    companyId: p.uuid().nullable(),
    industry: p.text().nullable(),
    purpose: p.text().nullable(),
    gender: p.text().nullable(),
    birthDate: p.date().nullable(),
    language: p.text().nullable(),
    country: p.text().nullable(),
    region: p.text().nullable(),
    city: p.text().nullable(),
    source: p.text().nullable(),
    attributes: p.json<Record<string, unknown>>(),
    registeredAt: p.datetime(),
    tierId: p.uuid().nullable(),
    tierSince: p.datetime().nullable(),
    tierFailingSince: p.datetime().nullable(),
    pinTierId: p.uuid().nullable(),
    pinnedUntil: p.datetime().nullable(),
    pinReason: p.text().nullable(),
    mergedInto: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
})

export const IdentityRow = defineEntity({
  name: 'IdentityRow',
  tableName: 'customer_identity',
  properties: {
    shopId: p.integer().primary(),
    customerId: p.uuid().primary(),
    kind: p.text().primary(),
    value: p.text().primary(),
    verified: p.boolean(),
  },
})

export const CustomerTagRow = defineEntity({
  name: 'CustomerTagRow',
  tableName: 'customer_tag',
  properties: {
    shopId: p.integer().primary(),
    customerId: p.uuid().primary(),
    tagKey: p.text().primary(),
    tag: p.text(),
    byHand: p.boolean().default(true),
    byRule: p.boolean().default(false),
  },
})

export const ConsentRow = defineEntity({
  name: 'ConsentRow',
  tableName: 'customer_consent',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    customerId: p.uuid(),
    channel: p.text().$type<Channel>(),
    granted: p.boolean(),
    at: p.datetime(),
    source: p.text().nullable(),
    purpose: p.text().$type<TouchPurpose>().nullable(),
    wording: p.text().nullable(),
    firm: p.boolean().default(false),
  },
})

export const MergeRow = defineEntity({
  name: 'MergeRow',
  tableName: 'customer_merge',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    fromId: p.uuid(),
    intoId: p.uuid(),
    reason: p.text(),
    at: p.datetime(),
    taken: p.json<unknown>(),
    undoneAt: p.datetime().nullable(),
  },
})

/** The columns of `customer c` that make a customer. */
export const CUSTOMER = sql`c.id, c.external_id, c.name, c.email, c.email_verified, c.phone, c.phone_verified, c.kind, c.role, c.company_id,
  c.industry, c.purpose, c.gender, c.birth_date::text as birth_date, c.language, c.country, c.region, c.city, c.source, c.attributes,
  c.registered_at, c.tier_id, c.pin_tier_id, c.pinned_until, c.pin_reason, c.merged_into`

export type CustomerColumns = {
  readonly id: string
  readonly external_id: string | null
  readonly name: string | null
  readonly email: string | null
  readonly email_verified: boolean
  readonly phone: string | null
  readonly phone_verified: boolean
  readonly kind: Customer['kind']
  readonly role: Customer['role']
  readonly company_id: string | null
  readonly industry: string | null
  readonly purpose: Customer['purpose']
  readonly gender: Customer['gender']
  readonly birth_date: string | null
  readonly language: string | null
  readonly country: string | null
  readonly region: string | null
  readonly city: string | null
  readonly source: string | null
  readonly attributes: Record<string, unknown>
  readonly registered_at: string
  readonly tier_id: string | null
  readonly pin_tier_id: string | null
  readonly pinned_until: string | null
  readonly pin_reason: string | null
  readonly merged_into: string | null
}

export const toCustomer = (row: CustomerColumns): Customer => ({
  id: row.id as Id<'Customer'>,
  externalId: row.external_id,
  name: row.name,
  email: row.email,
  emailVerified: row.email_verified,
  phone: row.phone,
  phoneVerified: row.phone_verified,
  kind: row.kind,
  role: row.role,
  companyId: row.company_id as Id<'Company'> | null,
  industry: row.industry,
  purpose: row.purpose,
  gender: row.gender,
  birthDate: row.birth_date as Day | null,
  language: row.language,
  country: row.country,
  region: row.region,
  city: row.city,
  source: row.source,
  attributes: row.attributes,
  registeredAt: toInstant(row.registered_at),
  tierId: row.tier_id as Id<'Tier'> | null,
  pin:
    row.pin_tier_id === null
      ? null
      : { tierId: row.pin_tier_id as Id<'Tier'>, until: toInstantOrNull(row.pinned_until), reason: row.pin_reason ?? '' },
  mergedInto: row.merged_into as Id<'Customer'> | null,
})
