import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { type Memory, slot } from '../../shell/memory.ts'
import { addressOf, neighbourhood } from './address.ts'
import { LIMITS } from './limits.ts'

/** What somebody brings to the page of preferences. */
type PageHints = { readonly chosen: string | null; readonly browser: string | null; readonly done: string | null }
/** What came of a form: it was done (by a mailbox at one click, or by a person), it asks for nothing there is, or its token opens nothing. */
type Posted =
  | { readonly kind: 'DONE'; readonly oneClick: boolean; readonly said: string; readonly language: string | null }
  | { readonly kind: 'WRONG' | 'UNKNOWN' }

/** What happens behind the doors to which messages lead; handed in by whoever knows everybody. */
export type MessageDoors = {
  /** Of a provider's report: the answer's status, and what it says. */
  readonly receive: (
    shop: string,
    provider: string,
    headers: ReceiptHeaders,
    body: string,
  ) => Promise<{ readonly status: number; readonly body: object }>
  readonly page: (token: string, hints: PageHints) => Promise<string | null>
  readonly post: (token: string, contentType: string, body: string, hints: PageHints) => Promise<Posted>
  readonly click: (token: string, looks: Looks) => Promise<string | null>
  readonly opened: (token: string, looks: Looks) => Promise<boolean>
  readonly broadcast: (token: string, looks: Looks) => Promise<string | null>
  readonly closed: string
  readonly wait: string
  readonly headers: Readonly<Record<string, string>>
}
type ReceiptHeaders = { readonly id: string | undefined; readonly timestamp: string | undefined; readonly signature: string | undefined }
/** What a request says of whether a person makes it; HEAD never counts. */
export type Looks = { readonly isGet: boolean; readonly userAgent: string | undefined; readonly purposes: readonly (string | undefined)[] }

/** Wrong tokens and signatures of each address, in this process's memory alone: it slows trying down, and no promise hangs on it. */
const GUESSES = slot(() => new RateLimiterMemory({ points: LIMITS.wrongLinks.count, duration: LIMITS.wrongLinks.seconds }))

/**
 * `/m/`: where messages lead. `/m/u/<token>` shows what its reader wants to hear, and changes it by POST alone; `/m/c/<token>` follows a link
 * of a mail, `/m/o/<token>` is its picture, `/m/b/<token>` follows a broadcast's link; `POST /m/events/<shop>/<provider>` takes what providers report.
 * Log lines and metrics know the routes and never the tokens.
 */
export function serveMessages(fastify: FastifyInstance, memory: Memory, doors: MessageDoors): void {
  const guarded = (request: FastifyRequest, reply: FastifyReply, act: () => Promise<boolean>) => watch(memory, doors, request, reply, act)

  fastify.route<Wild>({
    url: '/m/u/*',
    method: ['GET', 'HEAD'],
    config: { api: 'message' },
    handler: (request, reply) =>
      guarded(request, reply.headers(doors.headers), async () => {
        const page = await doors.page(request.params['*'], hintsOf(request))
        await html(page === null ? reply.code(404) : reply, page ?? doors.closed)
        return page !== null
      }),
  })
  for (const [door, follow] of [['c', doors.click], ['b', doors.broadcast]] as const) // biome-ignore format: two doors
    fastify.route<Wild>({
      url: `/m/${door}/*`,
      method: ['GET', 'HEAD'],
      config: { api: 'message' },
      handler: (request, reply) =>
        guarded(request, reply.headers(doors.headers), async () => {
          const page = await follow(request.params['*'], looksOf(request))
          await (page === null ? html(reply.code(404), doors.closed) : reply.redirect(page, 302))
          return page !== null
        }),
    })
  fastify.route<Wild>({
    url: '/m/o/*',
    method: ['GET', 'HEAD'],
    config: { api: 'message' },
    handler: (request, reply) =>
      guarded(request, reply.headers(doors.headers), async () => {
        const known = await doors.opened(request.params['*'], looksOf(request))
        await reply.type('image/gif').send(PICTURE)
        return known
      }),
  })
  // A scope of its own: elsewhere forms are not taken, and JSON is parsed before anybody sees it.
  fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
      scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit: LIMITS.formBytes }, (_, body, done) => done(null, body))
    scope.route<Wild & { Body: string | undefined }>({
      url: '/m/u/*',
      method: 'POST',
      bodyLimit: LIMITS.formBytes,
      config: { api: 'message' },
      handler: (request, reply) =>
        guarded(request, reply.headers(doors.headers), async () => {
          const type = request.headers['content-type'] ?? ''
          const posted = await doors.post(request.params['*'], type, request.body ?? '', hintsOf(request))
          if (posted.kind === 'UNKNOWN') await html(reply.code(404), doors.closed)
          if (posted.kind === 'WRONG') await plain(reply.code(400), 'Nothing that there is was asked for.\n')
          // RFC 8058: a mailbox is not sent elsewhere.
          if (posted.kind === 'DONE' && posted.oneClick) await plain(reply, 'Unsubscribed. 已退订。\n')
          else if (posted.kind === 'DONE') await reply.redirect(doneAt(posted), 303)
          return posted.kind !== 'UNKNOWN'
        }),
    })
  })
  fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => done(null, body))
    scope.route<{ Params: { shop: string; provider: string }; Body: string }>({
      url: '/m/events/:shop/:provider',
      method: 'POST',
      config: { api: 'message' },
      handler: (request, reply) =>
        guarded(request, reply.header('cache-control', 'no-store'), async () => {
          const { shop, provider } = request.params
          const { status, body } = await doors.receive(shop, provider, receiptHeaders(request), request.body)
          await reply.code(status).send(body)
          return status !== 401
        }),
    })
  })
}

type Wild = { Params: { '*': string } }

/**
 * Only what was wrong counts, once it is known: whole mailbox companies look at mails, and providers report, from a few addresses and many
 * at once, and what cannot be guessed need not be guarded more closely.
 */
async function watch(memory: Memory, doors: MessageDoors, request: FastifyRequest, reply: FastifyReply, act: () => Promise<boolean>) {
  const from = neighbourhood(addressOf(request))
  const guesses = memory.of(GUESSES)
  const tried = await guesses.get(from)
  if (tried !== null && tried.consumedPoints >= LIMITS.wrongLinks.count)
    return html(reply.header('retry-after', String(Math.max(1, Math.ceil(tried.msBeforeNext / 1000)))).code(429), doors.wait)
  if (!(await act())) await guesses.penalty(from, 1)
  return reply
}

/** The page once more, by GET: whoever loads it again asks for nothing again. */
const doneAt = ({ said, language }: { readonly said: string; readonly language: string | null }): string =>
  `?done=${said}${language === null ? '' : `&lang=${encodeURIComponent(language)}`}`

const plain = (reply: FastifyReply, said: string): FastifyReply => reply.type('text/plain; charset=utf-8').send(said)
const html = (reply: FastifyReply, page: string): FastifyReply => reply.type('text/html; charset=utf-8').send(page)

const text = (value: unknown): string | null => (typeof value === 'string' && value.length <= 200 ? value : null)
const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function hintsOf(request: FastifyRequest): PageHints {
  const { lang, done } = request.query as { lang?: unknown; done?: unknown }
  return { chosen: text(lang), browser: text(header(request, 'accept-language')), done: text(done) }
}

const looksOf = (request: FastifyRequest): Looks => ({
  isGet: request.method === 'GET',
  userAgent: header(request, 'user-agent'),
  purposes: ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].map((name) => header(request, name)),
})

const receiptHeaders = (request: FastifyRequest): ReceiptHeaders => ({
  id: header(request, 'webhook-id'),
  timestamp: header(request, 'webhook-timestamp'),
  signature: header(request, 'webhook-signature'),
})

/** One transparent pixel. */
const PICTURE = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
