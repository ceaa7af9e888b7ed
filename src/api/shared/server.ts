import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify'
import type { FastifyInstance } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { ApiContext } from './context.ts'
import { formatError } from './errors.ts'

/** One of the two APIs as a server: the same limits, errors and caches for both. */
export function apolloServer(schema: GraphQLSchema, fastify: FastifyInstance, plugins: readonly ApolloServerPlugin<ApiContext>[]): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    schema,
    introspection: true,
    allowBatchedHttpRequests: false,
    // A simple POST from a foreign page would carry no key of ours: there are no cookies here to be abused.
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    formatError: formatError((error) => fastify.log.error({ err: error }, 'a request failed')),
    plugins: [fastifyApolloDrainPlugin(fastify), ...plugins],
    stopOnTerminationSignals: false,
  })
}

