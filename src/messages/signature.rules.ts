import { timingSafeEqual } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Instant } from '../kernel/clock.ts'
import { instant } from '../kernel/clock.ts'

/** What a request of Standard Webhooks says beside its body. */
export type SignatureHeaders = {
  readonly id: string | undefined
  readonly timestamp: string | undefined
  readonly signature: string | undefined
}

/** So far a clock may be from ours; a request that is older is not taken, by whomever it is sent again. */
const TOLERANCE_MS = 300_000
/** Of signatures that a request may bring, while a secret is being changed. */
const MOST_SIGNATURES = 5

/** What is wrong with a secret that is to sign, in words; null: nothing. */
export function secretFault(secret: string): string | null {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (base64 === '' || bytes.toString('base64') !== base64 || bytes.length < 24 || bytes.length > 64)
    return 'A secret that signs is whsec_ and 24 to 64 random bytes in base64 (Standard Webhooks).'
  return null
}

/** Whether whoever has the secret wrote this body, and just now. */
export function isSigned(secret: string, { id, timestamp, signature }: SignatureHeaders, body: string, now: Instant): boolean {
  if (
    id === undefined ||
    !/^[\x21-\x7e]{1,256}$/.test(id) ||
    timestamp === undefined ||
    !/^\d{1,11}$/.test(timestamp) ||
    signature === undefined
  )
    return false
  const at = instant(Number(timestamp) * 1_000)
  if (Math.abs(now - at) > TOLERANCE_MS) return false
  const expected = Buffer.from(new Webhook(secret).sign(id, new Date(at), body))
  return signature
    .split(' ')
    .slice(0, MOST_SIGNATURES)
    .map((one) => Buffer.from(one))
    .some((one) => one.length === expected.length && timingSafeEqual(one, expected))
}
