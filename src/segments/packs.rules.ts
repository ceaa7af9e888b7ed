import { measure } from '../query/segment.ts'
import type { CustomerQuery } from '../query/tree.ts'

/** Well below the 65,535 values that PostgreSQL's protocol takes with a statement. */
const HEAVIEST = 40_000
/** At most so many values are bound for a clause, besides those of its list. */
const OF_A_CLAUSE = 10

/** Queries in their order, as many together as one statement can ask; usually all of them. */
export function packsOf(queries: readonly CustomerQuery[]): readonly (readonly CustomerQuery[])[] {
  const packs: CustomerQuery[][] = []
  let room = 0
  for (const query of queries) {
    const { clauses, values } = measure(query)
    const weight = clauses * OF_A_CLAUSE + values
    const last = packs.at(-1)
    if (last !== undefined && weight <= room) last.push(query)
    else {
      packs.push([query])
      room = HEAVIEST
    }
    room -= weight
  }
  return packs
}
