import type { Result } from '../kernel/result.ts'
import type { QueryFault } from './fault.ts'
import type { CustomerQuery } from './tree.ts'

/** Where the query will stand: what lets a customer into a tier may not ask for the tier. */
export type QueryPlace = 'AUDIENCE' | 'TIER'

export function parseQuery(_text: string, _options: { readonly place?: QueryPlace } = {}): Result<CustomerQuery, readonly QueryFault[]> {
  throw new Error('not built yet')
}
