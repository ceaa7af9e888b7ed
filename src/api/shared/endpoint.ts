import type { ApolloServer } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { addressOf } from './address.ts'
import { type Doors, receive } from './caller.ts'
import type { ApiContext } from './context.ts'
import { requestError } from './errors.ts'
import { isPerson, showExplorer } from './explorer.ts'
import type { ApiName } from './server.ts'

/** Puts one API at its address: for programs GraphQL, for a person in a browser GraphiQL. */
export function serveApi(fastify: FastifyInstance, api: ApiName, server: ApolloServer<ApiContext>, doors: Doors): void {
  const url = `/${api}/graphql`
  const graphql = fastifyApolloHandler(server, { context: (request: FastifyRequest) => admit(doors, request) })
  fastify.route({
    url,
    method: ['GET', 'POST'],
    config: { api },
    onRequest: (_, reply, done) => {
      reply.header('cache-control', 'no-store')
      if (api === 'storefront') letBrowsersRead(reply)
      done()
    },
    preHandler: (request, reply, done) => {
      if (isPerson(request)) showExplorer(reply, api)
      else if (Array.isArray(request.body))
        done(requestError('BATCH_NOT_ACCEPTED', 'Send one operation a request: it may have several root fields.', 400))
      else done()
    },
    handler: graphql,
  })
  if (api === 'storefront')
    fastify.options(url, async (_, reply) => {
      letBrowsersRead(reply)
      reply.headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type, x-shopper-token',
        'access-control-max-age': '86400',
      })
      return reply.code(204).send()
    })
  fastify.addHook('onClose', () => server.stop())
}

/** A shop's pages are of another origin than this API. Any may ask: there are no cookies, so a page has no more than the key that it sends. */
const letBrowsersRead = (reply: FastifyReply) =>
  reply.headers({ 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-request-id' })

async function admit(doors: Doors, request: FastifyRequest): Promise<ApiContext> {
  try {
    return await receive(doors, {
      authorization: request.headers.authorization,
      shopperToken: header(request, 'x-shopper-token'),
      address: addressOf(request),
      requestId: request.id,
    })
  } catch (error) {
    // Apollo knows of no request yet, so this is the only place that can tell which one met the outage.
    if (!(error instanceof GraphQLError)) request.log.error({ err: error }, 'the caller could not be looked up')
    throw error
  }
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
