import type { ResolvedFunction } from './resolved.ts'

/** The same for clauses that ask the same, whether they are negated or not. */
export const functionKey = ({ name, rows, totals }: ResolvedFunction): string => JSON.stringify([name, rows, totals])
