import type { FastifyServerOptions } from 'fastify'
import { stdSerializers } from 'pino'
import type { LogLevel } from '../../config.ts'

/** Where log lines go when not to standard output. */
export type LogSink = { readonly write: (line: string) => void }

/**
 * One line of JSON for each request and each fault, under the request's id. It says from which address somebody came; headers,
 * bodies and the address that was asked, with its query, are never in it.
 */
export const logging = (level: LogLevel, sink?: LogSink): NonNullable<FastifyServerOptions['logger']> => ({
  level,
  serializers: { err: withoutSecrets },
  ...(sink === undefined ? {} : { stream: sink }),
})

/** Keys, shopper tokens, tokens of private links and of what messages lead to, and secrets that sign, as they would look should an error ever quote one. */
const SECRETS =
  /regulars_[a-z]+_[\w-]{20,}|whsec_[\w+/=-]{20,}|\b[a-z0-9-]+\.[\w-]{23,}\.[\w-]{22}(?![\w-])|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+|\b[a-z0-9-]+\.[\w-]{43}(?![\w-])/g

/** Of an error only what helps to mend it: a database's error also holds the row that it is about. */
function withoutSecrets(error: Error) {
  const { type, message, stack } = stdSerializers.err(error)
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
  const masked = (text: string) => text.replace(SECRETS, '[secret]')
  return { type, message: masked(message), stack: masked(stack), code, constraint, table }
}
