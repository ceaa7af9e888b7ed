import type { FastifyInstance, FastifyReply } from 'fastify'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { type Memory, slot } from '../../shell/memory.ts'
import { addressOf, neighbourhood } from './address.ts'
import { LIMITS } from './limits.ts'

/** Where who comes with a token is sent on, null for one that opens nothing; `counts`: it is counted that somebody came. */
export type Follow = (token: string, counts: boolean) => Promise<string | null>

/** Wrong tokens of each address, in this process's memory alone: it slows guessing down, and no promise hangs on it. */
const GUESSES = slot(() => new RateLimiterMemory({ points: LIMITS.wrongLinks.count, duration: LIMITS.wrongLinks.seconds }))

/**
 * `/l/<token>`: where private links are opened. GET is counted and sent on; HEAD is answered alike and not counted. Every token
 * that opens nothing, whatever became of it, has one page and costs the same work. A wildcard, since a parameter of the
 * route would be measured, and what is too long answered otherwise. Log lines and metrics know the route and never the token.
 */
export function serveLinks(fastify: FastifyInstance, memory: Memory, follow: Follow): void {
  fastify.route<{ Params: { '*': string } }>({
    url: '/l/*',
    method: ['GET', 'HEAD'],
    config: { api: 'link' },
    handler: async (request, reply) => {
      const { params, method } = request
      const from = neighbourhood(addressOf(request))
      reply.headers(HEADERS)
      const guesses = memory.of(GUESSES)
      // Taken for wrong while it is looked up, so that a thousand at once are no more than a thousand in a row.
      const { consumedPoints, msBeforeNext } = await guesses.penalty(from, 1)
      if (consumedPoints > LIMITS.wrongLinks.count) {
        await guesses.reward(from, 1)
        return show(reply.header('retry-after', String(Math.max(1, Math.ceil(msBeforeNext / 1000)))).code(429), WAIT)
      }
      const page = await follow(params['*'], method === 'GET')
      if (page === null) return show(reply.code(404), CLOSED)
      await guesses.reward(from, 1)
      return reply.redirect(page, 302)
    },
  })
}

const show = (reply: FastifyReply, page: string): FastifyReply => reply.type('text/html; charset=utf-8').send(page)

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

const pageOf = (zh: string, en: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${zh} / ${en}</title>
<style>body { font: 1.1em/1.6 system-ui, sans-serif; margin: 15vh auto; max-width: 28em; padding: 0 1em; text-align: center }</style>
</head>
<body>
<p>${zh}</p>
<p lang="en">${en}</p>
</body>
</html>
`

const CLOSED = pageOf(
  '这个链接无法打开：可能已失效或已被使用。请联系发给您链接的人。',
  'This link does not open: it may be over or used. Please ask whoever gave it to you.',
)
const WAIT = pageOf('尝试次数过多，请稍后再试。', 'Too many attempts. Please try again in a while.')
