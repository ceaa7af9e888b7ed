import { type Answer, readAnswer } from './answer.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import { RegularsError } from './error.ts'
import type { Host } from './host.ts'
import type { Operation } from './operation.ts'
import { backoffMs } from './retry.ts'

export type TransportOptions = {
  /** The whole address of the API: https://regulars.example.com/storefront/graphql */
  readonly endpoint: string
  readonly key: string
  /** How long one attempt may take; 2,000. */
  readonly timeoutMs?: number
  /** How many more attempts there are where the first fails; 2. */
  readonly retries?: number
  /** In place of the global one. */
  readonly fetch?: typeof fetch
}

export type CallOptions = {
  /** Aborts the call; it throws the signal's reason. */
  readonly signal?: AbortSignal
  /** How long one attempt of this call may take. */
  readonly timeoutMs?: number
}

export type SendOptions = CallOptions & {
  /** False: it is sent once, because it might be done twice. */
  readonly retry?: boolean
  /** How long all attempts together may take. */
  readonly withinMs?: number
}

export type Transport = {
  readonly breaker: Breaker
  /** Throws what kept an answer from coming; an answer with errors is an answer. */
  readonly send: <Data, Variables>(
    document: Operation<Data, Variables>,
    variables: Variables,
    options?: SendOptions,
  ) => Promise<Answer<Data>>
}

const FAILURES_IN_A_ROW = 5
const PAUSE_MS = 10_000

export function createTransport(
  { endpoint, key, timeoutMs: usualMs = 2_000, retries = 2, ...options }: TransportOptions,
  host: Host,
  moreHeaders: () => Promise<Record<string, string>> | Record<string, string> = () => ({}),
): Transport {
  const request = options.fetch ?? host.fetch
  const breaker = createBreaker(FAILURES_IN_A_ROW, PAUSE_MS, host.now)

  async function exchange<Data>(body: string, signal: AbortSignal): Promise<Answer<Data>> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...(await moreHeaders()) }
    const response = await request(endpoint, { method: 'POST', headers, body, signal })
    return readAnswer(response, await response.text(), host.now())
  }

  async function attempt<Data>(body: string, ms: number, stopped?: AbortSignal): Promise<Answer<Data>> {
    const late = AbortSignal.timeout(ms)
    const over = stopped === undefined ? late : AbortSignal.any([stopped, late])
    try {
      return await Promise.race([exchange<Data>(body, over), whenOver(over)])
    } catch (cause) {
      stopped?.throwIfAborted()
      const why = late.aborted
        ? new RegularsError('TIMEOUT', `No answer within ${Math.round(ms)} ms.`, true, {}, cause)
        : new RegularsError('UNREACHABLE', `No answer from ${endpoint}.`, true, {}, cause)
      return { data: null, errors: [why] }
    }
  }

  return {
    breaker,
    send: async (document, variables, { retry = true, timeoutMs = usualMs, withinMs = Number.POSITIVE_INFINITY, signal } = {}) => {
      const body = JSON.stringify({ query: document.toString(), variables })
      const until = host.now() + withinMs
      for (let tries = 1; ; tries += 1) {
        const answer = await attempt<never>(body, Math.min(timeoutMs, Math.max(1, until - host.now())), signal)
        const why = passing(answer.errors)
        if (why === null || why.code === 'RATE_LIMITED') breaker.answered()
        else breaker.failed(why)
        if (why === null || !retry || tries > retries) return answer
        const { retryAfterMs = 0 } = why
        const wait = Math.max(retryAfterMs, backoffMs(tries, host.random()))
        // Longer than an answer may take: the caller knows better whether to wait.
        if (retryAfterMs > timeoutMs || host.now() + wait >= until) return answer
        await host.sleep(wait)
        signal?.throwIfAborted()
      }
    },
  }
}

/** For what does not listen to the signal itself: how a token is come by, a fetch of the caller's. */
const whenOver = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

/** The first error, where all are such as pass. */
const passing = (errors: readonly RegularsError[]): RegularsError | null =>
  (errors.every(({ retryable }) => retryable) && errors[0]) || null

/** The data of an answer without errors. */
export function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors[0] !== undefined) throw errors[0]
  if (data === null) throw new RegularsError('BAD_ANSWER', 'The answer has neither data nor errors.', false)
  return data
}
