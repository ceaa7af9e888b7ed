import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { GraphQLError } from 'graphql'
import type { Config } from '../../config.ts'
import { addressOf } from './address.ts'
import { formatError, requestError } from './errors.ts'
import { LIMITS } from './limits.ts'
import { type LogSink, logging } from './log.ts'
import type { Metrics } from './metrics.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What metrics and log lines call the route. */
    readonly api?: string
  }
}

/** The door: bounded, answering in JSON whatever comes, each request under an id of its own. */
export function openHttp(
  { logLevel, trustedProxies }: Pick<Config, 'logLevel' | 'trustedProxies'>,
  metrics: Metrics,
  sink?: LogSink,
): FastifyInstance {
  const fastify = Fastify({
    logger: logging(logLevel, sink),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    // One line when a request is answered says all that two would.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.arrivalMs,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    frameworkErrors: answerError,
  })
  // Only JSON: text/plain is what a foreign page's form could send without asking first.
  fastify.removeContentTypeParser('text/plain')
  // Hooks that wait for nothing say so by calling back: a promise more for each request is a percent of a price.
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  fastify.addHook('onResponse', (request, reply, done) => {
    const api = request.routeOptions.config.api ?? 'other'
    metrics.countRequest(api, reply.statusCode, reply.elapsedTime)
    request.log.info(
      {
        api,
        method: request.method,
        client: addressOf(request),
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 1000) / 1000,
      },
      'answered',
    )
    done()
  })
  fastify.setErrorHandler(answerError)
  fastify.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const methods = (['GET', 'POST'] as const).filter((method) => fastify.hasRoute({ url: path, method }))
    if (methods.length === 0)
      return answer(
        reply,
        new GraphQLError('There is nothing here. The APIs are at /storefront/graphql and /admin/graphql.', {
          extensions: { code: 'NOT_FOUND', http: { status: 404 } },
        }),
      )
    reply.header('allow', methods.join(', '))
    return answer(reply, requestError('METHOD_NOT_ALLOWED', `${request.method} has no meaning here: use ${methods.join(' or ')}.`, 405))
  })
  return fastify
}

function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const said = refusalOf(error)
  if (said === null) request.log.error({ err: error }, 'a request failed')
  return answer(reply, said ?? error)
}

/** In the same form as every other error: whoever reads answers needs to know one. */
function answer(reply: FastifyReply, error: Error): FastifyReply {
  const { http, ...extensions } = error instanceof GraphQLError ? (error.extensions as { http?: { status: number } }) : {}
  const said = formatError({ message: error.message, extensions }, error)
  return reply
    .code(http?.status ?? 500)
    .type('application/json; charset=utf-8')
    .send({ errors: [said] })
}

/** What fastify refused, in our words; null when it is no refusal but a fault. */
function refusalOf(error: FastifyError | Error): GraphQLError | null {
  if (error instanceof GraphQLError) return error
  const { code, statusCode = 500 } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return requestError('BODY_TOO_LARGE', `A request may have at most ${LIMITS.bodyBytes} bytes. Send fewer items at a time.`, 413)
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return requestError('UNSUPPORTED_CONTENT_TYPE', 'Send JSON: content-type: application/json.', 415)
  if (error instanceof SyntaxError || code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return requestError('MALFORMED_JSON', 'The body is not JSON. Send {"query": "...", "variables": {...}}.', 400)
  if (code === 'ERR_INVALID_URL' || statusCode < 500)
    return requestError(
      'BAD_REQUEST',
      'This request cannot be read: look at its address, its headers and its length.',
      statusCode < 500 ? statusCode : 400,
    )
  return null
}
