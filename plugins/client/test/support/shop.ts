import { inject } from 'vitest'
import { HOST, type Host } from '../../src/host.ts'
import { createStorefront, type Storefront, type StorefrontOptions } from '../../src/storefront.ts'
import type { Reached } from './engine.ts'
import { type Line, startLine } from './line.ts'

export type Shop = {
  readonly engine: Reached
  readonly line: Line
  /** A plugin's, by way of the line; patient, so that a test that is not about time has all that it needs. */
  readonly client: (options?: Partial<StorefrontOptions>, host?: Partial<Host>) => Storefront
  readonly close: () => Promise<void>
}

/** The shop of the engine that all tests have, or of another, at the end of a line of one's own. */
export async function openShop(engine: Reached = inject('engine')): Promise<Shop> {
  const line = await startLine(engine.url)
  return {
    engine,
    line,
    client: (options, host) =>
      createStorefront(
        { endpoint: `${line.url}/storefront/graphql`, key: engine.pluginKey, timeoutMs: 60_000, ...options },
        { ...HOST, ...host },
      ),
    close: line.close,
  }
}
