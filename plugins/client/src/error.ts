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
  readonly path?: Path | undefined
  /** Where in the variables the fault lies. */
  readonly inputPath?: Path | undefined
  /** How long the engine asks to wait. */
  readonly retryAfterMs?: number | undefined
  /** Of the HTTP answer, where there was one. */
  readonly status?: number | undefined
  /** The engine's log has the same. */
  readonly requestId?: string | undefined
  /** All that the engine says beside the message: permission, faults, ... */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** Why something was not done, or was not answered. */
export class RegularsError extends Error implements Details {
  override readonly name = 'RegularsError'
  /** Stable: act on it. */
  readonly code: ErrorCode
  /** Whether the same may succeed later; what is not is a mistake to mend. */
  readonly retryable: boolean
  declare readonly path?: Path
  declare readonly inputPath?: Path
  declare readonly retryAfterMs?: number
  declare readonly status?: number
  declare readonly requestId?: string
  declare readonly extensions?: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, retryable: boolean, details: Details = {}, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.retryable = retryable
    Object.assign(this, details)
  }
}
