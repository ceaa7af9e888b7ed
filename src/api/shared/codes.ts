import { isIPv6 } from 'node:net'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { problem } from '../../kernel/problem.ts'
import { slot } from '../../shell/memory.ts'
import type { ApiContext } from './context.ts'
import { toGraphQLError } from './errors.ts'
import { LIMITS } from './limits.ts'

/**
 * Wrong guesses of each address with each publishable key. In this process's memory alone: it slows guessing down, and
 * no promise hangs on it; that a code cannot be guessed is its own length's doing.
 */
const GUESSES = slot(() => new RateLimiterMemory({ points: LIMITS.wrongCodes.count, duration: LIMITS.wrongCodes.seconds }))

/** Before codes or a link token that a browser sent are looked at: RATE_LIMITED once too many of its guesses were wrong. */
export async function refuseGuessing(context: ApiContext): Promise<void> {
  const guesser = guesserOf(context)
  if (guesser === null) return
  const soFar = await context.world.memory.of(GUESSES).get(guesser)
  if (soFar === null || soFar.consumedPoints < LIMITS.wrongCodes.count) return
  const retryAfterSeconds = Math.max(1, Math.ceil(soFar.msBeforeNext / 1000))
  throw toGraphQLError(
    problem('RATE_LIMITED', `Too many unknown codes were tried. Try again in ${retryAfterSeconds} seconds.`, undefined, {
      retryAfterSeconds,
    }),
  )
}

/** After they were looked at: counts those that nobody knows. Those of trusted callers are never counted. */
export async function countUnknownCodes(context: ApiContext, howMany: number): Promise<void> {
  const guesser = guesserOf(context)
  if (guesser !== null && howMany > 0) await context.world.memory.of(GUESSES).penalty(guesser, howMany)
}

const guesserOf = ({ caller }: ApiContext): string | null =>
  caller.kind === 'PUBLISHABLE' ? `${caller.keyId} ${neighbourhood(caller.address)}` : null

/** One household has a whole IPv6 network of 2^64 addresses: they count as one. */
function neighbourhood(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const [front = '', back = ''] = address.split('::')
  const groups = front.split(':').filter((group) => group !== '')
  const missing = address.includes('::') ? 8 - groups.length - back.split(':').filter((group) => group !== '').length : 0
  return [...groups, ...Array.from({ length: missing }, () => '0')].slice(0, 4).join(':')
}
