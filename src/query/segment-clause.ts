import { findAttribute } from './catalogue.ts'
import { readTest } from './condition.ts'
import { nearest } from './nearest.ts'
import { parameterOperators } from './operators.ts'
import type { QueryPlace } from './place.ts'
import type { Reader } from './reader.ts'
import { clausesOf, type Segments } from './segment.ts'
import { SAYS } from './sentences.ts'
import type { Token } from './token.ts'
import type { CustomerQuery, SegmentClause } from './tree.ts'

export const IN_SEGMENT = 'in_segment'
const leave = (reader: Reader): void => reader.skipClause()
/** Nobody is in no segment in a way that could be asked for. */
export const SEGMENT_OPERATORS = parameterOperators('text')

/** Reads what follows `in_segment`: `= 'vip'`, `NOT IN ('vip', 'new')`. What the segments say becomes part of the query. */
export function readSegments(reader: Reader, place: QueryPlace, segments: Segments): SegmentClause | null {
  const codes: string[] = []
  const of: CustomerQuery[] = []
  let isWhole = true
  const seen = (token: Token, code: string): void => {
    const query = standsFor(reader, token, code, place, segments)
    if (query === null) isWhole = false
    else if (!codes.includes(code)) {
      codes.push(code)
      of.push(query)
    }
  }
  const test = readTest(reader, { name: IN_SEGMENT, type: 'text', operators: SEGMENT_OPERATORS, leave, seen })
  if (test === null || !isWhole) return null
  return { kind: 'segment', negated: test.op === '!=' || test.op === 'NOT IN', codes, of }
}

function standsFor(reader: Reader, token: Token, code: string, place: QueryPlace, segments: Segments): CustomerQuery | null {
  const found = segments.find(code)
  if (found === null) {
    const near = nearest(code, segments.codes).map((known) => `'${known}'`)
    reader.fault(token, { why: SAYS.noSegment(code), expected: near, suggestion: near[0] ?? null })
    return null
  }
  if (!found.ok) {
    reader.fault(token, { why: found.why })
    return null
  }
  const refused = clausesOf(found.query, { within: true }).find(
    (clause) => clause.kind === 'attribute' && findAttribute(clause.attribute)?.refusedIn === place,
  )
  if (refused?.kind !== 'attribute') return found.query
  reader.fault(token, { why: SAYS.segmentNotForTiers(code, refused.attribute) })
  return null
}
