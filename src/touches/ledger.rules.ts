import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import type { TouchPolicy } from './policy.model.ts'
import type { Purpose } from './touch.model.ts'

/** When a touch was decided, and when it went out. */
type Times = { readonly decidedAt: Instant; readonly sentAt: Instant | null }

/** What was decided and never heard of again is taken to have gone out so many days later at the latest. */
const LOST_AFTER_MS = 7 * DAY_MS

/** The instant at which a touch counts: when it was sent; while it lies in a queue, now. */
export const countsAt = ({ decidedAt, sentAt }: Times, now: Instant): Instant =>
  sentAt ?? instant(Math.max(decidedAt, Math.min(now, decidedAt + LOST_AFTER_MS)))

/** When somebody was last cared for; null: not among these touches. */
export function lastCare(touches: readonly (Times & { readonly purpose: Purpose })[], now: Instant): Instant | null {
  const sent = touches.flatMap(({ purpose, sentAt }) => (purpose === 'CARE' && sentAt !== null && sentAt <= now ? [sentAt] : []))
  return sent.length === 0 ? null : instant(Math.max(...sent))
}

/** What lies further back than this no cap looks at, and no rule of care. */
export function sinceWhen({ careFirstDays, caps }: TouchPolicy, now: Instant): Instant {
  // A month of the calendar is at most 31 days, and a zone's day begins a day earlier or later than another's.
  const days = caps.map(({ window }) => (window.kind === 'ROLLING' ? window.days : 33))
  return instant(now - Math.max(careFirstDays ?? 0, ...days) * DAY_MS - LOST_AFTER_MS)
}
