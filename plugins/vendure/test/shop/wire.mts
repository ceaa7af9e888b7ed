/** The wire between the shop and the engine: it counts what goes over it, and can be slow. What answers is the engine. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Wire = {
  url: string
  /** The operations that were asked since the last call, in order. */
  asked: () => string[]
  /** Every answer takes so much longer. */
  slow: (ms: number) => void
  /** Has something happen after the engine did this operation, and before the shop hears of it; once. */
  before: (operation: string, happen: () => Promise<void>) => void
  cut: () => Promise<void>
}

export async function layWire(endpoint: string): Promise<Wire> {
  let operations: string[] = []
  let delayMs = 0
  const happenings = new Map<string, () => Promise<void>>()
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts)
    const operation = /(?:query|mutation) (\w+)/.exec(body.toString())?.[1] ?? '?'
    operations.push(operation)
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    try {
      const headers = { 'content-type': 'application/json', authorization: String(request.headers.authorization) }
      const answer = await fetch(endpoint, { method: 'POST', headers, body })
      const text = await answer.text()
      const happen = happenings.get(operation)
      happenings.delete(operation)
      await happen?.()
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
    } catch {
      // Nobody is there: the caller sees what it would see without the wire.
      request.socket.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/storefront/graphql`,
    asked: () => {
      const asked = operations
      operations = []
      return asked
    },
    slow: (ms) => {
      delayMs = ms
    },
    before: (operation, happen) => happenings.set(operation, happen),
    cut: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
