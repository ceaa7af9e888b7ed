import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a request on its way to the engine, or of the answer on its way back. */
export type Fault =
  /** The engine never hears of it. */
  | 'dropped'
  /** The engine does it, and nobody hears its answer. */
  | 'answer lost'
  /** Half of the answer comes. */
  | 'answer cut'
  /** The engine never hears of it, and the line stays open. */
  | 'silence'
  /** The engine does it, nobody hears its answer, and the line stays open. */
  | 'silence afterwards'
  /** Something on the way answers in the engine's place, which never heard of it, or has done it. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly done?: true }

export type Line = {
  readonly url: string
  /** What becomes of the next requests, one each; all others pass. */
  readonly next: (...faults: Fault[]) => void
  /** What becomes of all requests from now on; null: they pass. */
  readonly always: (fault: Fault | null) => void
  /** The bodies that came, since this was asked last. */
  readonly seen: () => { query: string; variables: Record<string, unknown> }[]
  readonly close: () => Promise<void>
}

/** Stands in front of an engine and does to it what networks do. */
export async function startLine(target: string): Promise<Line> {
  let bodies: string[] = []
  let always: Fault | null = null
  const coming: Fault[] = []

  async function pass(request: IncomingMessage, response: ServerResponse) {
    const body = await textOf(request)
    bodies.push(body)
    const fault = coming.shift() ?? always
    if (fault === 'dropped') return response.socket?.destroy()
    if (fault === 'silence') return
    const instead = fault !== null && typeof fault === 'object' ? fault : null
    const sayInstead = () => response.writeHead(instead?.status ?? 0, instead?.headers).end(instead?.body ?? '<html>')
    if (instead !== null && !instead.done) return sayInstead()
    const { authorization = '', 'x-shopper-token': token } = request.headers
    const answer = await fetch(`${target}${request.url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...(token === undefined ? {} : { 'x-shopper-token': String(token) }) },
      body,
    }).catch(() => null)
    if (answer === null || fault === 'answer lost') return response.socket?.destroy()
    if (fault === 'silence afterwards') return
    if (instead !== null) return sayInstead()
    const text = Buffer.from(await answer.arrayBuffer())
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'content-length': text.length,
      'x-request-id': answer.headers.get('x-request-id') ?? '',
    })
    if (fault !== 'answer cut') return response.end(text)
    response.write(text.subarray(0, text.length / 2))
    setTimeout(() => response.socket?.destroy(), 20)
  }

  const server = createServer((request, response) => void pass(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (...faults) => void coming.push(...faults),
    always: (fault) => {
      always = fault
    },
    seen: () => {
      const seen = bodies.map((body) => JSON.parse(body))
      bodies = []
      return seen
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
