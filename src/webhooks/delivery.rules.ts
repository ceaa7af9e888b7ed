import { type Instant, instant } from '../kernel/clock.ts'
import type { Answer, Event, Settled } from './delivery.model.ts'

const [FIRST_MS, MOST_MS] = [5_000, 6 * 3_600_000]

/**
 * How long after its nth attempt something is tried again: 5 seconds, then twice as long each time, at most six hours; a fifth more or less
 * by `chance` (0 to 1), so that what failed together does not come back together.
 */
export const againAfter = (attempts: number, chance: number): number =>
  Math.round(Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 30)) * (0.8 + 0.4 * chance))

type Tried = { readonly attempts: number; readonly giveUpAt: Instant; readonly now: Instant; readonly chance: number }

/** What waited for days behind others in its lane is tried so often too. */
const LEAST_TRIES = 6

/** What an answer means: 200 to 299 that it was taken, all else that it is tried again, the last time when it is given up. */
export function settle(answer: Answer, { attempts, giveUpAt, now, chance }: Tried): Settled {
  const fault = faultOf(answer)
  if (fault === null) return { status: 'DELIVERED', answered: answer.status, fault, dueAt: null }
  const isOver = now >= giveUpAt
  if (isOver && attempts >= LEAST_TRIES) return { status: 'DEAD', answered: answer.status, fault, dueAt: null }
  const again = now + againAfter(attempts, chance)
  const dueAt = instant(isOver ? again : Math.min(giveUpAt, again))
  return { status: 'WAITING', answered: answer.status, fault, dueAt }
}

/** Why an answer is none that takes an event, in words; null: it does. */
export function faultOf(answer: Answer): string | null {
  if (answer.status === null) return answer.fault
  const { status, body } = answer
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return `it leads elsewhere (${status}), which is not followed`
  const said = tidy(body)
  return said === '' ? `it answered ${status}` : `it answered ${status}: ${said}`
}

/** Gone: it asks to be told nothing any more. */
export const asksToEnd = (answer: Answer): boolean => answer.status === 410

/** The beginning of an answer as staff read it: one line. */
export const tidy = (text: string, most = 300): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\uFFFD]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()

/** Attempts in a row that failed, of whomever they were, after which a receiver is taken to be away. */
const AWAY = 20

/** How long nothing is sent to whom so many attempts in a row failed; 0: those of others are sent on. One attempt then tells whether it is back. */
export const holdFor = (failures: number): number => (failures < AWAY ? 0 : Math.min(60_000, 5_000 * 2 ** Math.min(failures - AWAY, 10)))

/** How many may be under way at once. */
export const atOnce = (failures: number, most: number): number => (failures < AWAY ? most : 1)

/** An event as it is sent. */
export const bodyOf = ({ topic, at, data, customer, into }: Event): string =>
  JSON.stringify({ type: topic, timestamp: new Date(at).toISOString(), data: { ...data, ...(into === null ? {} : { into }), customer } })
