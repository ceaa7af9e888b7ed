import { parseQuery } from './parse.ts'
import type { SegmentReading, Segments } from './segment.ts'
import { SAYS, type Sentence } from './sentences.ts'

/** A customer query under the code that others may name it by. */
type NamedQuery = { readonly code: string; readonly query: string }

/**
 * A shop's segments, each read when it is first named and once only. Who names one has its whole query in their own, so
 * that SQL and predicate need no knowledge of segments; a circle would never end and is told as it was walked.
 */
export function knownSegments(saved: readonly NamedQuery[]): Segments {
  const texts = new Map(saved.map(({ code, query }) => [code, query]))
  const known = new Map<string, SegmentReading>()
  const underWay: string[] = []
  const segments: Segments = { codes: [...texts.keys()], find }
  let circle: Sentence | null = null
  return segments

  function find(code: string): SegmentReading | null {
    const text = texts.get(code)
    if (text === undefined) return null
    const begun = underWay.indexOf(code)
    if (begun >= 0) {
      circle = SAYS.segmentCircle([...underWay.slice(begun), code])
      return { ok: false, why: circle }
    }
    const reading = known.get(code) ?? read(code, text)
    known.set(code, reading)
    return reading
  }

  function read(code: string, text: string): SegmentReading {
    underWay.push(code)
    const parsed = parseQuery(text, { segments })
    underWay.pop()
    if (parsed.ok) return { ok: true, query: parsed.value }
    return { ok: false, why: circle ?? SAYS.segmentUnread(code, parsed.problem) }
  }
}
