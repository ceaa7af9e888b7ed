import { parseQuery } from './parse.ts'
import { measure, type SegmentReading, type Segments } from './segment.ts'

/** A customer query under the code that others may name it by. */
export type NamedQuery = { readonly code: string; readonly query: string }

/** Segments that name segments that name segments ... this many deep, and no deeper. */
const DEEPEST = 5

/**
 * A shop's segments, each read when it is first named and once only. Who names one has its whole query in their own, so
 * that SQL and predicate need no knowledge of segments; a circle would never end and is told as it was walked.
 */
export function knownSegments(saved: readonly NamedQuery[]): Segments {
  const texts = new Map(saved.map(({ code, query }) => [code, query]))
  const known = new Map<string, SegmentReading>()
  const underWay: string[] = []
  const segments: Segments = { codes: [...texts.keys()], find }
  return segments

  function find(code: string): SegmentReading | null {
    const text = texts.get(code)
    if (text === undefined) return null
    const begun = underWay.indexOf(code)
    if (begun >= 0)
      return { ok: false, why: `Segments may not name each other in a circle: ${[...underWay.slice(begun), code].join(' -> ')}.` }
    const reading = known.get(code) ?? read(code, text)
    known.set(code, reading)
    return reading
  }

  function read(code: string, text: string): SegmentReading {
    underWay.push(code)
    const parsed = parseQuery(text, { segments })
    underWay.pop()
    if (!parsed.ok) return { ok: false, why: `Segment '${code}' cannot be read: ${parsed.problem.map(({ message }) => message).join(' ')}` }
    if (measure(parsed.value).depth > DEEPEST)
      return { ok: false, why: `Segment '${code}' names segments that name segments, more than ${DEEPEST} deep.` }
    return { ok: true, query: parsed.value }
  }
}
