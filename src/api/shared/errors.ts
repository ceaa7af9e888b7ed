import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { InputPath, Problem } from '../../kernel/problem.ts'
import type { Result } from '../../kernel/result.ts'

/** What is refused before a resolver is asked, by its code; those of resolvers are ProblemCode. All are in docs/errors.md. */
export type RequestCode =
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

/** A problem as clients see it: `extensions.code`, the path in their input, a sentence, and what is needed to mend it. */
export const toGraphQLError = (fault: Problem): GraphQLError =>
  new GraphQLError(fault.message, {
    extensions: {
      code: fault.code,
      ...(fault.path === undefined ? {} : { inputPath: fault.path }),
      ...(fault.details ?? {}),
    },
  })

/** The value, or the refusal as an error: the one place where a problem becomes one. */
export function unwrap<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value
  throw toGraphQLError(result.problem)
}

/** A refusal of the request itself, with its HTTP status. */
export const requestError = (code: RequestCode, message: string, status: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status } } })

const OUR_FAULT = 'Something went wrong on our side. Try again; if it stays, tell us the request id (the header x-request-id).'

/**
 * The last look at every error. What was said on purpose passes, with its codes; a bug or an outage becomes one sentence
 * that tells nothing of our insides.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const path = formatted.path === undefined ? {} : { path: formatted.path }
  const said = meaningOf(error)
  if (said === null) return { message: OUR_FAULT, ...path, extensions: { code: 'INTERNAL_SERVER_ERROR' satisfies RequestCode } }
  const { stacktrace: _, limitCode: __, ...extensions } = formatted.extensions ?? {}
  const inputPath = extensions.inputPath ?? said.inputPath
  return {
    message: said.message ?? formatted.message,
    ...path,
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    extensions: { ...extensions, code: said.code, ...(inputPath === undefined ? {} : { inputPath }) },
  }
}

type Meaning = { readonly code: string; readonly message?: string; readonly inputPath?: InputPath }

/** What an error tells its caller; null when it was never meant for one. */
export function meaningOf(error: unknown): Meaning | null {
  const original = unwrapResolverError(error)
  if (isTextFault(original))
    return { code: 'BAD_USER_INPUT', message: 'A text holds a character that cannot be kept (NUL, or half of a pair). Take it out.' }
  if (wasGivenUp(original))
    return {
      code: 'TOOK_TOO_LONG' satisfies RequestCode,
      message: 'This took longer than one caller may keep the database busy. Ask for less: a shorter time, fewer customers, no split.',
    }
  if (!(original instanceof GraphQLError)) return null
  const { code, limitCode } = original.extensions
  // Apollo puts its own code over whatever validation and parsing said.
  if (typeof limitCode === 'string') return { code: limitCode }
  if (code === 'GRAPHQL_PARSE_FAILED' && original.message.includes('Document contains more that'))
    return { code: 'QUERY_TOO_LONG', message: 'The document has too many tokens. Put values into variables, or ask in several requests.' }
  if (code === 'GRAPHQL_VALIDATION_FAILED' && original.message === 'Validation aborted.')
    return {
      code: 'QUERY_TOO_COMPLEX',
      message: 'The document names so many fields twice that it cannot be checked. Name each field once.',
    }
  if (typeof code === 'string') return code === 'INTERNAL_SERVER_ERROR' ? null : { code }
  if (original.message.startsWith('Too many errors processing variables'))
    return {
      code: 'BAD_USER_INPUT',
      message: 'More is wrong with the variables than is told here: see to the errors before this one first.',
    }
  return argumentFault(original.message)
}

/** PostgreSQL's text holds no NUL, its JSON no half of a surrogate pair: wherever one was let through, it is the caller's to mend. */
const isTextFault = (error: unknown): boolean => ['22021', '22P05'].includes(String((error as { code?: unknown } | null)?.code))

/** A statement that PostgreSQL ended because its time was over (query_canceled). */
const wasGivenUp = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '57014'

/** A null in a variable gets past validation where the argument has a default, and is refused without a code. */
function argumentFault(message: string): Meaning | null {
  const name = /^Argument "(\w+)" (?:of |has )/.exec(message)?.[1]
  return name === undefined ? null : { code: 'BAD_USER_INPUT', inputPath: [name] }
}
