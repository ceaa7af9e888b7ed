import type { Instant } from '../kernel/clock.ts'

/** GROUP: a group chat. FEED: a page of news (朋友圈, 公众号). */
export type BroadcastPlace = 'GROUP' | 'FEED' | 'OTHER'

/** Something said to nobody in particular. Nothing is kept of who read it. */
export type Broadcast = {
  readonly code: string
  readonly name: string
  readonly place: BroadcastPlace
  readonly text: string
  /** Where its link leads; null: it has none. */
  readonly url: string | null
  /** The offer that it speaks of: orders that used it since then came of it. */
  readonly offerCode: string | null
  readonly campaignCode: string | null
  /** When it was said; null: not yet. */
  readonly sentAt: Instant | null
  readonly clicks: number
  readonly lastClickAt: Instant | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export type WantedBroadcast = Pick<Broadcast, 'code' | 'name' | 'place' | 'text' | 'url' | 'offerCode' | 'campaignCode' | 'sentAt'>

/** Orders that came of a broadcast: recorded with the channel `broadcast:<code>`, or by its offer since it was said. Those that count. */
export type BroadcastOrders = { readonly orders: number; readonly revenue: number; readonly customers: number }
