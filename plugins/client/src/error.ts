/** The engine's (docs/errors.md). */
type EngineCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'BAD_QUERY'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'CODE_TAKEN'
  | 'IDEMPOTENCY_CONFLICT'
  | 'IN_USE'
  | 'UNKNOWN_CUSTOMER'
  | 'UNKNOWN_COMPANY'
  | 'UNKNOWN_SKU'
  | 'UNKNOWN_TIER'
  | 'AMOUNT_TOO_LARGE'
  | 'TOO_MANY_ITEMS'
  | 'RATE_LIMITED'
  | 'BAD_REQUEST'
  | 'MALFORMED_JSON'
  | 'UNSUPPORTED_CONTENT_TYPE'
  | 'BODY_TOO_LARGE'
  | 'BATCH_NOT_ACCEPTED'
  | 'METHOD_NOT_ALLOWED'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'QUERY_TOO_LONG'
  | 'QUERY_TOO_DEEP'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_ROOT_FIELDS'
  | 'QUERY_TOO_COMPLEX'
  | 'TOOK_TOO_LONG'
  | 'NOT_READY'
  | 'INTERNAL_SERVER_ERROR'

/** The client's own: no answer in time; no answer; an answer that is none of Regulars. */
type ClientCode = 'TIMEOUT' | 'UNREACHABLE' | 'BAD_ANSWER'

export type ErrorCode = EngineCode | ClientCode

export type Path = readonly (string | number)[]

type Details = {
  /** Which field of the answer. */
  readonly path?: Path
  /** Where in the variables the fault lies. */
  readonly inputPath?: Path
  /** Whether the same request may succeed later; what is not is a mistake to mend. */
  readonly retryable?: boolean
  /** How long the engine asks to wait. */
  readonly retryAfterMs?: number
  /** Of the HTTP answer, where there was one. */
  readonly status?: number
  /** The engine's log has the same. */
  readonly requestId?: string
  /** All that the engine says beside the message: permission, faults, ... */
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

export class RegularsError extends Error {
  override readonly name = 'RegularsError'
  /** Stable: act on it. */
  readonly code: ErrorCode
  readonly path: Path | undefined
  readonly inputPath: Path | undefined
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.path = details.path
    this.inputPath = details.inputPath
    this.retryable = details.retryable ?? false
    this.retryAfterMs = details.retryAfterMs
    this.status = details.status
    this.requestId = details.requestId
    this.extensions = details.extensions ?? {}
  }
}
