import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { FastifyBaseLogger } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import { complexityOf } from './complexity.ts'
import type { ApiContext } from './context.ts'
import { formatError, meaningOf, requestError } from './errors.ts'
import { inputPathOf } from './input-path.ts'
import { LIMITS } from './limits.ts'
import { withinLimits } from './measure.ts'
import type { Metrics } from './metrics.ts'

export type ApiName = 'storefront' | 'admin'

/**
 * One of the two APIs as a server: the same limits, errors and caches for both. Parsed and validated documents are kept
 * (Apollo's own store, bounded by its size): of all settings the one that counts most for speed.
 */
export async function apolloServer(
  api: ApiName,
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
  metrics: Metrics,
): Promise<ApolloServer<ApiContext>> {
  const server = new ApolloServer<ApiContext>({
    schema,
    introspection: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // A simple POST from a foreign page would carry no key of ours: there are no cookies here to be abused.
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [withinLimits],
    formatError,
    logger: log,
    plugins: [complexityLimit(schema), errorReport(api, log, metrics), ...NOTHING_UNASKED],
    stopOnTerminationSignals: false,
  })
  await server.start()
  return server
}

/** No hooks on every field, no page from afar, nothing told to anybody, whatever the environment says. */
const NOTHING_UNASKED = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
]

function complexityLimit(schema: GraphQLSchema): ApolloServerPlugin<ApiContext> {
  const complexity = complexityOf(schema)
  const listener: GraphQLRequestListener<ApiContext> = {
    async didResolveOperation({ document, operation, request }) {
      if (operation === undefined) return
      const objects = complexity(document, operation, request.variables ?? {})
      if (objects > LIMITS.complexity)
        throw requestError(
          'QUERY_TOO_COMPLEX',
          `The answer could hold ${objects} objects; at most ${LIMITS.complexity} are allowed. Ask for smaller pages (first), or in several requests.`,
          400,
        )
    },
  }
  return { requestDidStart: async () => listener }
}

/**
 * Bugs and outages go to the log under the request's id, since the client never sees them; every error is counted by its
 * code; and one of graphql-js is told where in the input it lies.
 */
function errorReport(api: ApiName, log: FastifyBaseLogger, metrics: Metrics): ApolloServerPlugin<ApiContext> {
  const listener: GraphQLRequestListener<ApiContext> = {
    async didEncounterErrors({ errors, contextValue, document }) {
      for (const error of errors) {
        const path = document === undefined ? null : inputPathOf(error, document)
        if (path !== null) error.extensions.inputPath ??= path
        const meaning = meaningOf(error)
        metrics.countError(api, meaning?.code ?? 'INTERNAL_SERVER_ERROR')
        if (meaning === null)
          log.error(
            { reqId: contextValue.requestId, api, path: error.path?.join('.'), err: error.originalError ?? error },
            'a field failed',
          )
      }
    },
  }
  return { requestDidStart: async () => listener }
}
