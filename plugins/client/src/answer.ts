import { type ErrorCode, type Path, RegularsError } from './error.ts'
import { retryAfterMs } from './retry.ts'

export type Answer<Data> = { readonly data: Data | null; readonly errors: readonly RegularsError[] }

type GraphQLBody = {
  readonly data?: unknown
  readonly errors?: readonly {
    message: string
    path?: Path
    extensions?: Record<string, unknown> & { code?: ErrorCode; inputPath?: Path }
  }[]
}

/** What an HTTP answer says, whoever gave it: the engine, or something on the way to it. */
export function readAnswer<Data>({ status, headers }: Response, text: string, now: number): Answer<Data> {
  const requestId = headers.get('x-request-id')
  const wait = retryAfterMs(headers.get('retry-after'), now)
  const seen = { status, ...(requestId === null ? {} : { requestId }), ...(wait === undefined ? {} : { retryAfterMs: wait }) }
  const refused = (code: ErrorCode, message: string) => ({
    data: null,
    errors: [new RegularsError(code, message, { ...seen, retryable: code !== 'BAD_ANSWER' })],
  })

  if (status === 429) return refused('RATE_LIMITED', 'Too many requests.')
  const body = parsed(text)
  if (body === null && status >= 500) return refused('UNREACHABLE', `HTTP ${status}, and not from Regulars.`)
  if (body === null) return refused('BAD_ANSWER', `HTTP ${status}, and no answer of a GraphQL API: is the endpoint right?`)
  return { data: (body.data ?? null) as Data | null, errors: (body.errors ?? []).map((said) => errorOf(said, seen)) }
}

function parsed(text: string): GraphQLBody | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && ('data' in body || 'errors' in body) ? (body as GraphQLBody) : null
  } catch {
    return null
  }
}

function errorOf(
  { message, path, extensions = {} }: NonNullable<GraphQLBody['errors']>[number],
  seen: { status: number; requestId?: string; retryAfterMs?: number },
): RegularsError {
  const { code = 'BAD_ANSWER', inputPath, retryAfterSeconds } = extensions
  return new RegularsError(code, message, {
    ...seen,
    ...(path === undefined ? {} : { path }),
    ...(inputPath === undefined ? {} : { inputPath }),
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterMs: retryAfterSeconds * 1_000 } : {}),
    // Rate limits of the engine say how long they hold, except one that holds for the day.
    retryable: seen.status >= 500 || code === 'INTERNAL_SERVER_ERROR' || code === 'NOT_READY' || retryAfterSeconds !== undefined,
    extensions,
  })
}
