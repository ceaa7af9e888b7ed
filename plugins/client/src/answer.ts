import { type ErrorCode, type Path, RegularsError } from './error.ts'
import { retryAfterMs } from './retry.ts'

export type Answer<Data> = { readonly data: Data | null; readonly errors: readonly RegularsError[] }

type Said = {
  readonly message: string
  readonly path?: Path
  readonly extensions?: Readonly<Record<string, unknown>> & { code?: ErrorCode; inputPath?: Path; retryAfterSeconds?: number }
}

type GraphQLBody = { readonly data?: unknown; readonly errors?: readonly Said[] }

/** What an HTTP answer says, whoever gave it: the engine, or something on the way to it. */
export function readAnswer<Data>({ status, headers }: Response, text: string, now: number): Answer<Data> {
  const seen = {
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), now),
  }
  const refused = (code: ErrorCode, message: string, retryable: boolean) => ({
    data: null,
    errors: [new RegularsError(code, `HTTP ${status}${message}`, retryable, seen)],
  })

  if (status === 429) return refused('RATE_LIMITED', ': too many requests.', true)
  const body = parsed(text)
  if (body === null && status >= 500) return refused('UNREACHABLE', ', and not from Regulars.', true)
  if (body === null) return refused('BAD_ANSWER', ', and no answer of a GraphQL API: is the endpoint right?', false)
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

function errorOf({ message, path, extensions = {} }: Said, seen: { status: number; retryAfterMs: number | undefined }): RegularsError {
  const { code = 'BAD_ANSWER', inputPath, retryAfterSeconds } = extensions
  // The engine's rate limits say how long they hold, but for the one that holds for the day.
  const retryable = seen.status >= 500 || code === 'INTERNAL_SERVER_ERROR' || retryAfterSeconds !== undefined
  return new RegularsError(code, message, retryable, {
    ...seen,
    path,
    inputPath,
    extensions,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 }),
  })
}
