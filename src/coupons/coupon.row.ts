import { defineEntity, p } from '@mikro-orm/core'
import type { Id } from '../kernel/id.ts'
import type { CouponStatus } from '../pricing/shopper.ts'
import { toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { Coupon, CouponBatch } from './coupon.model.ts'

export const CouponBatchRow = defineEntity({
  name: 'CouponBatchRow',
  tableName: 'coupon_batch',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    ruleId: p.uuid(),
    codes: p.integer(),
    validUntil: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
})

export const CouponRow = defineEntity({
  name: 'CouponRow',
  tableName: 'coupon',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    code: p.text(),
    codeKey: p.text(),
    ruleId: p.uuid(),
    customerId: p.uuid().nullable(),
    batchId: p.uuid().nullable(),
    claimed: p.boolean().default(false),
    issuedAt: p.datetime(),
    validUntil: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
})

export const CouponClaimsRow = defineEntity({
  name: 'CouponClaimsRow',
  tableName: 'coupon_claims',
  properties: {
    shopId: p.integer().primary(),
    ruleId: p.uuid().primary(),
    claimed: p.integer().default(0),
  },
})

export type CouponFigures = {
  id: string
  code: string
  offer_code: string
  offer_name: string
  customer_id: string | null
  status: CouponStatus
  issued_at: string
  valid_until: string | null
}

export const toCoupon = (row: CouponFigures): Coupon => ({
  id: row.id as Id<'Coupon'>,
  code: row.code,
  offerCode: row.offer_code,
  offerName: row.offer_name,
  customerId: row.customer_id as Id<'Customer'> | null,
  status: row.status,
  issuedAt: toInstant(row.issued_at),
  validUntil: toInstantOrNull(row.valid_until),
})

export type BatchFigures = {
  id: string
  offer_code: string
  offer_name: string
  codes: number
  valid_until: string | null
  created_at: string
}

export const toBatch = (row: BatchFigures): CouponBatch => ({
  id: row.id as Id<'CouponBatch'>,
  offerCode: row.offer_code,
  offerName: row.offer_name,
  codes: row.codes,
  validUntil: toInstantOrNull(row.valid_until),
  createdAt: toInstant(row.created_at),
})
