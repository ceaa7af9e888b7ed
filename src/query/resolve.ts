import type { Instant } from '../kernel/clock.ts'
import type { ResolvedQuery } from './resolved.ts'
import type { CustomerQuery } from './tree.ts'

/** When and where a query is asked: its dates are days of this zone, its amounts major units of a currency with so many digits. */
export type Asking = { readonly at: Instant; readonly timeZone: string; readonly currencyDigits: number }

export function resolveQuery(_query: CustomerQuery, _asking: Asking): ResolvedQuery {
  throw new Error('not built yet')
}
