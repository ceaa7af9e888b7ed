import type { CustomerFacts } from './facts.ts'
import type { ResolvedQuery } from './resolved.ts'

export function toPredicate(_query: ResolvedQuery): (facts: CustomerFacts) => boolean {
  throw new Error('not built yet')
}
