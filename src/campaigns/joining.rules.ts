import type { Instant } from '../kernel/clock.ts'
import { addToDay, localInstant, localTime } from '../kernel/zone.ts'
import type { Campaign } from './campaign.model.ts'

/** When customers are let in again after now, by the shop's clock; null: never again. */
export function nextJoin({ start, endsAt }: Campaign, now: Instant, timeZone: string): Instant | null {
  if (start.kind !== 'DAILY') return null
  const next = nextAtMinute(start.minute ?? 0, now, timeZone)
  const isOver = (start.until !== null && next >= start.until) || (endsAt !== null && next >= endsAt)
  return isOver ? null : next
}

function nextAtMinute(minute: number, now: Instant, timeZone: string): Instant {
  const two = (n: number) => String(n).padStart(2, '0')
  const clock = `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`
  const { day } = localTime(now, timeZone)
  const today = localInstant(`${day}T${clock}`, timeZone)
  return today > now ? today : localInstant(`${addToDay(day, 1, 'days')}T${clock}`, timeZone)
}
