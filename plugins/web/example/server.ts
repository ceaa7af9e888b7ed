import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createStorefront } from '@regulars/client'
import { renderPage } from './page.ts'

export type Given = {
  readonly storefront: string
  readonly pluginKey: string
  readonly publishableKey: string
  readonly linkToken: string
  readonly timeoutMs?: number
}
export type ExampleShop = { readonly url: string; readonly close: () => Promise<void> }

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/shop.css': ['example/shop.css', 'text/css'],
  '/shop.js': ['example/shop.js', 'text/javascript'],
  '/regulars.css': ['dist/regulars.css', 'text/css'],
  '/regulars.min.js': ['dist/regulars.min.js', 'text/javascript'],
}

/** The server of a shop: it has the plugin key, knows who is signed in, and asks for a token in their name. */
export async function startShop(
  { storefront, pluginKey, publishableKey, linkToken, timeoutMs = 2_000 }: Given,
  port = 0,
): Promise<ExampleShop> {
  const regulars = createStorefront({ endpoint: storefront, key: pluginKey })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop')
    const language = searchParams.get('lang') === 'zh' ? 'zh' : 'en'
    const file = FILES[pathname]
    if (file) return response.setHeader('content-type', file[1]).end(await readFile(path.join(import.meta.dirname, '..', file[0])))
    switch (pathname) {
      case '/':
        response.setHeader('content-type', 'text/html; charset=utf-8')
        return response.end(
          renderPage({
            language,
            shopper: signedIn(request),
            endpoint: storefront,
            publishableKey,
            linkToken,
            comesByLink: searchParams.has('privateLink'),
            timeoutMs,
          }),
        )
      // A real shop asks for a password first.
      case '/sign-in':
        return response
          .writeHead(303, {
            location: `/?lang=${language}`,
            'set-cookie': `shopper=${searchParams.get('as') === 'mei' ? 'mei' : searchParams.get('as') === 'bo' ? 'bo' : ''}; HttpOnly; SameSite=Lax; Path=/`,
          })
          .end()
      case '/regulars-token': {
        const externalId = signedIn(request)
        const token = externalId && (await regulars.issueShopperToken({ customer: { externalId } })).token
        return response.setHeader('content-type', 'application/json').end(JSON.stringify({ token }))
      }
      default:
        return response.writeHead(404).end()
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(502).end())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const signedIn = (request: IncomingMessage): string | null =>
  /(?:^|; )shopper=(mei|bo)(?:;|$)/.exec(request.headers.cookie ?? '')?.[1] ?? null
