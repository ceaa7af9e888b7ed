/** Where in the caller's input a fault lies, from the argument's name down: ['input', 'rungs', 0, 'minQuantity']. */
export type InputPath = readonly (string | number)[]

/**
 * A refusal in words that a caller can act on. `code` is stable and documented (docs/errors.md); `message` says what is
 * wrong and what to do; `details` carries what is needed to mend it, as plain data.
 */
export type Problem = {
  readonly code: ProblemCode
  readonly message: string
  readonly path?: InputPath
  readonly details?: Readonly<Record<string, unknown>>
}

export type ProblemCode =
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

export const problem = (code: ProblemCode, message: string, path?: InputPath, details?: Problem['details']): Problem => ({
  code,
  message,
  ...(path === undefined ? {} : { path }),
  ...(details === undefined ? {} : { details }),
})

/** The same problem, seen from one level further out. */
export const within = (fault: Problem, ...outer: InputPath): Problem => ({ ...fault, path: [...outer, ...(fault.path ?? [])] })
