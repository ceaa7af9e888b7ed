import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Problem } from '../../kernel/problem.ts'
import type { Result } from '../../kernel/result.ts'

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

/**
 * The last look at every error. What we said on purpose passes, with its codes; a bug or an outage is logged under the
 * request's id and becomes one sentence that tells nothing of our insides.
 */
export function formatError(report: (error: unknown) => void) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error)
    const code = formatted.extensions?.['code']
    const meant = original instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR'
    if (!meant) {
      report(original)
      return { message: 'Something went wrong on our side. Try again; if it stays, tell us the request id.', extensions: { code: 'INTERNAL_SERVER_ERROR' }, ...pathOf(formatted) }
    }
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {}
    const inputPath = extensions['inputPath'] ?? variablePath(formatted.message)
    return {
      message: formatted.message,
      ...pathOf(formatted),
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
      extensions: { ...extensions, code, ...(inputPath === undefined ? {} : { inputPath }) },
    }
  }
}

const pathOf = (formatted: GraphQLFormattedError) => (formatted.path === undefined ? {} : { path: formatted.path })

/** graphql-js names a bad variable in words only: Variable "$input" got invalid value -1 at "input.rungs[0].minQuantity". */
function variablePath(message: string): (string | number)[] | undefined {
  const match = /^Variable "\$(\w+)" got invalid value [\s\S]*? at "([\w.[\]]+)"/.exec(message) ?? /^Variable "\$(\w+)" /.exec(message)
  const text = match?.[2] ?? match?.[1]
  return text?.split(/[.[\]]+/).filter((part) => part !== '').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}
