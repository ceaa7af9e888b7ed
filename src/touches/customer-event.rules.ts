import type { Instant } from '../kernel/clock.ts'
import { instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import type { GivenEvent } from './customer-event.model.ts'

const MOST_EVENTS = 500
const MOST_TEXT = 200
const EARLIEST = instant(Date.UTC(1900, 0, 1))

/** `isDated`: the shop's system said when. */
type DatedEvent = GivenEvent & { readonly at: Instant; readonly isDated: boolean }

/** Whether a call can be taken as it is: all of it or nothing. What is said to lie ahead happened now. */
export function checkEvents(given: readonly GivenEvent[], now: Instant): Result<readonly DatedEvent[], Problem> {
  if (given.length > MOST_EVENTS)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MOST_EVENTS} events a call; these are ${given.length}.`, ['events']))
  const seen = new Set<string>()
  for (const [i, { externalId, subject, at }] of given.entries()) {
    const bad = (message: string, field: string) => refuse(problem('BAD_USER_INPUT', message, ['events', i, field]))
    if (!isWord(externalId, MOST_TEXT)) return bad(`externalId must have 1 to ${MOST_TEXT} printable characters.`, 'externalId')
    if (seen.has(externalId)) return bad('externalId is there twice: one event each.', 'externalId')
    seen.add(externalId)
    if (subject !== null && subject !== '' && !isWord(subject, MOST_TEXT))
      return bad(`subject must have at most ${MOST_TEXT} printable characters.`, 'subject')
    if (at !== null && at < EARLIEST) return bad('at must not lie before 1900.', 'at')
  }
  return accept(given.map((event) => ({ ...event, at: event.at === null || event.at > now ? now : event.at, isDated: event.at !== null })))
}
