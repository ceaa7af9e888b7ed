import type { Sentence } from './sentences.ts'
import type { CustomerQuery, Test } from './tree.ts'

/** What a segment's code stands for, or why it stands for nothing. */
export type SegmentReading = { readonly ok: true; readonly query: CustomerQuery } | { readonly ok: false; readonly why: Sentence }

/** The segments that a query may name. */
export type Segments = {
  readonly codes: readonly string[]
  /** Null when there is none of that code. */
  readonly find: (code: string) => SegmentReading | null
}

export const NO_SEGMENTS: Segments = { codes: [], find: () => null }

/** Holds nobody. */
const NOBODY: CustomerQuery = { kind: 'or', of: [] }
/** For where it is only asked whether a query is well written: which segments there are is asked again where they are known. */
export const ANY_SEGMENT: Segments = { codes: [], find: () => ({ ok: true, query: NOBODY }) }

export type Measure = { readonly clauses: number; readonly values: number; readonly depth: number }

/** How many clauses a query has with those of its segments, how many values stand in their lists, and how many segments deep they lie. */
export function measure(query: CustomerQuery): Measure {
  switch (query.kind) {
    case 'and':
    case 'or':
      return together(query.of.map(measure))
    case 'not':
      return measure(innermost(query))
    case 'segment': {
      const all = together(query.of.map(measure))
      return { ...all, depth: all.depth + 1 }
    }
    case 'function':
      return { clauses: 1, values: query.parameters.reduce((sum, { test }) => sum + listed(test), 0), depth: 0 }
    default:
      return { clauses: 1, values: listed(query.test), depth: 0 }
  }
}

const listed = (test: Test): number => ('values' in test ? test.values.length : 0)

const together = (parts: readonly Measure[]): Measure => ({
  clauses: parts.reduce((sum, { clauses }) => sum + clauses, 0),
  values: parts.reduce((sum, { values }) => sum + values, 0),
  depth: Math.max(0, ...parts.map(({ depth }) => depth)),
})

/** Below a row of NOTs, of which there may be thousands. */
function innermost(query: CustomerQuery): CustomerQuery {
  let inner = query
  while (inner.kind === 'not') inner = inner.of
  return inner
}

/** Every clause of a query, in its order; `within`: those of its segments instead of the clauses that name these. */
export function clausesOf(query: CustomerQuery, { within = false } = {}): readonly CustomerQuery[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.flatMap((part) => clausesOf(part, { within }))
    case 'not':
      return clausesOf(innermost(query), { within })
    case 'segment':
      return within ? query.of.flatMap((part) => clausesOf(part, { within })) : [query]
    default:
      return [query]
  }
}

/** The codes of the segments that a query names itself, not by way of others. */
export const segmentsNamed = (query: CustomerQuery): readonly string[] => [
  ...new Set(clausesOf(query).flatMap((clause) => (clause.kind === 'segment' ? clause.codes : []))),
]
