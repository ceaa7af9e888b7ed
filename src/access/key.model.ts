import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'

export type KeyKind = 'PLUGIN' | 'PUBLISHABLE' | 'ADMIN'
export type StaffRole = 'OWNER' | 'MANAGER' | 'MARKETER' | 'SERVICE' | 'ANALYST'

/** A way in. The secret itself is nowhere: only its SHA-256 is kept. */
export type Key = {
  readonly shopId: number
  readonly id: Id<'Key'>
  readonly kind: KeyKind
  readonly name: string
  /** Of ADMIN keys, else null. */
  readonly role: StaffRole | null
  /** The first characters of the secret, to tell keys apart. */
  readonly prefix: string
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly revokedAt: Instant | null
  readonly lastUsedAt: Instant | null
}
