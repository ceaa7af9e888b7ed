import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createStorefront } from '@regulars/client'
import type { World } from './world.setup.ts'

const DIST = path.join(import.meta.dirname, '../dist')

export type Site = { readonly url: string; readonly close: () => Promise<void> }
export type TokensFor = (customer: string) => Promise<string | null>

/** A page in English with the components in it, as their README says to put them there. */
export const html = (body: string, { lang = 'en', shop = '' } = {}): string => `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><title>Tea</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/regulars.css"><script type="module" src="/regulars.min.js"></script></head>
<body><main>${shop}${body}</main></body></html>`

/** With time for a machine that is busy with other tests. */
export const shopElement = ({ storefront, publishableKey }: World, currency = 'currency="CNY"'): string =>
  `<regulars-shop endpoint="${storefront}" key="${publishableKey}" ${currency} token-url="/regulars-token" timeout-ms="60000"></regulars-shop>`

/** A shop's server: its pages, the components' files, and at `/regulars-token` a token of whom the cookie `shopper` names. */
export async function startSite(
  pages: Readonly<Record<string, string>>,
  tokens: TokensFor,
  scripts: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop')
    const page = pages[pathname]
    const script = scripts[pathname] ?? (await readFile(path.join(DIST, path.basename(pathname))).catch(() => null))
    if (page !== undefined) response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    else if (pathname === '/regulars-token') {
      const token = await tokens(shopperOf(request)).catch(() => undefined)
      if (token === undefined) response.writeHead(502).end()
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ token }))
    } else if (script === null) response.writeHead(404).end()
    else response.setHeader('content-type', pathname.endsWith('.css') ? 'text/css' : 'text/javascript').end(script)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const shopperOf = (request: IncomingMessage): string => /shopper=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''

/** Tokens as the engine issues them; nobody has none. */
export function issuedBy({ storefront, pluginKey }: Pick<World, 'storefront' | 'pluginKey'>): TokensFor {
  const regulars = createStorefront({ endpoint: storefront, key: pluginKey })
  return async (externalId) => (externalId === '' ? null : (await regulars.issueShopperToken({ customer: { externalId } })).token)
}
