import { printQuery } from '../query/print.ts'
import { clausesOf } from '../query/segment.ts'
import type { CustomerQuery } from '../query/tree.ts'

const MOST_PARTS = 50

export type Part = { readonly text: string; readonly query: CustomerQuery }

/** What a query is made of, to see which part lets whom in: its outermost parts, then each of its clauses, each once. */
export function partsOf(query: CustomerQuery): readonly Part[] {
  const outermost = query.kind === 'and' || query.kind === 'or' ? query.of : [query]
  const parts = new Map<string, CustomerQuery>()
  for (const part of [...outermost, ...clausesOf(query)]) {
    if (parts.size >= MOST_PARTS) break
    const text = printQuery(part)
    if (!parts.has(text)) parts.set(text, part)
  }
  return [...parts].map(([text, part]) => ({ text, query: part }))
}
