import { RegularsError } from './error.ts'
import { HOST, type Host } from './host.ts'
import type { Operation } from './operation.ts'
import { type CallOptions, createTransport, dataOf, type TransportOptions } from './transport.ts'

export type { ErrorCode } from './error.ts'
// biome-ignore lint/performance/noBarrelFile: an entry of the package
export * from './generated/admin.ts'
export type { Operation } from './operation.ts'
export type { CallOptions, TransportOptions as AdminOptions } from './transport.ts'
export { RegularsError }

export type AdminCallOptions = CallOptions & {
  /** Whether the operation may be sent twice. Queries may, and mutations that take an idempotencyKey and were given one. */
  readonly retry?: boolean
}

export type Admin = ReturnType<typeof createAdmin>

/** A client of the admin API. */
export function createAdmin(options: TransportOptions, host: Host = HOST) {
  const transport = createTransport(options, host)
  return {
    request: async <Data, Variables>(
      document: Operation<Data, Variables>,
      variables: Variables,
      { retry = mayBeSentTwice(document.toString(), variables), ...call }: AdminCallOptions = {},
    ): Promise<Data> => dataOf(await transport.send(document, variables, { ...call, retry })),
  }
}

const mayBeSentTwice = (text: string, variables: unknown): boolean =>
  !/\bmutation\b/.test(text) || JSON.stringify(variables ?? {}).includes('"idempotencyKey":"')
