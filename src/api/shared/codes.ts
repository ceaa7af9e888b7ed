import { RateLimiterMemory } from 'rate-limiter-flexible'
import { problem } from '../../kernel/problem.ts'
import { slot } from '../../shell/memory.ts'
import { neighbourhood } from './address.ts'
import type { ApiContext } from './context.ts'
import { toGraphQLError } from './errors.ts'
import { LIMITS } from './limits.ts'

/**
 * Wrong guesses of each address with each publishable key. In this process's memory alone: it slows guessing down, and
 * no promise hangs on it; that a code cannot be guessed is its own length's doing.
 */
const GUESSES = slot(() => new RateLimiterMemory({ points: LIMITS.wrongCodes.count, duration: LIMITS.wrongCodes.seconds }))

/**
 * Answers a browser that named so many codes or link tokens, unless too many of its earlier ones were unknown: RATE_LIMITED.
 * They count as unknown while the answer is made, so that a thousand asked at once are no more than a thousand in a row;
 * those that are known, and all of them when there is no answer, are taken off again. Trusted callers are never counted.
 */
export async function watchGuesses<Answer>(
  context: ApiContext,
  codes: number,
  answer: () => Promise<Answer>,
  unknownIn: (answer: Answer) => number,
): Promise<Answer> {
  const guesser = guesserOf(context)
  if (guesser === null || codes === 0) return answer()
  const guesses = context.world.memory.of(GUESSES)
  const { consumedPoints, msBeforeNext } = await guesses.penalty(guesser, codes)
  let unknown = 0
  try {
    if (consumedPoints - codes >= LIMITS.wrongCodes.count) throw tooMany(msBeforeNext)
    const given = await answer()
    unknown = unknownIn(given)
    return given
  } finally {
    await guesses.reward(guesser, codes - unknown)
  }
}

function tooMany(msBeforeNext: number) {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  const message = `Too many unknown codes were tried. Try again in ${retryAfterSeconds} seconds.`
  return toGraphQLError(problem('RATE_LIMITED', message, undefined, { retryAfterSeconds }))
}

const guesserOf = ({ caller }: ApiContext): string | null =>
  caller.kind === 'PUBLISHABLE' ? `${caller.keyId} ${neighbourhood(caller.address)}` : null
