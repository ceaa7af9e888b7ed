import type { Customer } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { QueryPlace } from '../query/place.ts'
import type { World } from '../shell/world.ts'

/** A saved customer query. */
export type Segment = {
  readonly id: Id<'Segment'>
  /** Letters, digits, dashes and underscores; told apart by case. */
  readonly code: string
  readonly name: string
  readonly query: string
  readonly updatedAt: Instant
  /** When its members were last written down; null while that is still due. */
  readonly refreshedAt: Instant | null
}

export type WantedSegment = Pick<Segment, 'code' | 'name' | 'query'>

/** Who came into a segment or went out of it, as it was noticed. */
export type SegmentEvent = {
  readonly id: string
  readonly segmentId: string
  readonly customerId: Id<'Customer'>
  readonly kind: 'ENTERED' | 'LEFT'
  readonly at: Instant
}

/** A customer who is in a segment. */
export type Place = { readonly segmentId: string; readonly customerId: string }
/** A customer who goes into a segment or out of it. */
export type Move = Place & { readonly kind: SegmentEvent['kind']; readonly isHistory: boolean }

/** An entry of a segment's history. */
export type HistoryEntry = Omit<SegmentEvent, 'customerId'> & { readonly customer: Customer }

/** A customer query that somebody keeps: a tier, a rule. `what` says whose in a sentence: `tier "gold"`. */
export type HeldQuery = { readonly what: string; readonly query: string; readonly place: QueryPlace }

/** The queries that a later domain keeps and that may name segments. */
export type QueryHolder = (world: World) => Promise<readonly HeldQuery[]>

/** Whether a text could name a segment at all: most do not, and then nobody need know the segments. */
export const mayNameSegments = (text: string): boolean => /in_segment/i.test(text)
