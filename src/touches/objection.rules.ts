import type { Consent } from '../customers/customer.model.ts'
import { type Instant, instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { isProse } from '../kernel/text.ts'
import type { Proof } from './objection.model.ts'

const MOST_SOURCE = 1_000
const MOST_WORDING = 2_000
const EARLIEST = instant(Date.UTC(1900, 0, 1))

/** How it is known that somebody said something, as it is kept. */
export type Said = Pick<Consent, 'at' | 'source' | 'wording'>

export function checkProof({ source, wording, at }: Proof): Problem | null {
  const isText = (text: string | null, most: number) => text === null || text.trim() === '' || isProse(text, most)
  if (!isText(source, MOST_SOURCE)) return bad(`source has at most ${MOST_SOURCE} characters of text.`, 'source')
  if (!isText(wording, MOST_WORDING)) return bad(`wording has at most ${MOST_WORDING} characters of text.`, 'wording')
  return at !== null && at < EARLIEST ? bad('at must not lie before 1900.', 'at') : null
}

const bad = (message: string, field: string) => problem('BAD_USER_INPUT', message, ['proof', field])

/** An instant ahead is no instant at which anybody has said anything: it counts as now. */
export const saidOf = ({ source, wording, at }: Proof, now: Instant): Said => ({
  at: at === null || at > now ? now : at,
  source: source?.trim() || null,
  wording: wording?.trim() || null,
})
