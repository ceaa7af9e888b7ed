import { type Problem, problem } from '../kernel/problem.ts'
import { parseQuery } from '../query/parse.ts'
import { segmentsNamed } from '../query/segment.ts'
import { knownSegments } from '../query/segments.ts'
import { type HeldQuery, mayNameSegments, type Segment } from './segment.model.ts'

/** Every query that may name a segment: those of the other segments, and those that others keep. */
export const queriesNaming = (saved: readonly Segment[], held: readonly HeldQuery[]): readonly HeldQuery[] =>
  [...saved.map(({ code, query }): HeldQuery => ({ what: `segment "${code}"`, query, place: 'AUDIENCE' })), ...held].filter(({ query }) =>
    mayNameSegments(query),
  )

/** Why the segments cannot be these: somebody's query, which names one of them, could not be asked any more. */
export function whyNotThese(segments: readonly Segment[], held: readonly HeldQuery[]): Problem | null {
  const known = knownSegments(segments)
  for (const { what, query, place } of queriesNaming(segments, held)) {
    const parsed = parseQuery(query, { place, segments: known })
    if (!parsed.ok) {
      const why = parsed.problem.map(({ message }) => message).join(' ')
      return problem('CONFLICT', `${what} names it and could not be asked any more: ${why}`, ['input', 'query'])
    }
  }
  return null
}

/** Whose query names the segment of a code. */
export function namedBy(code: string, segments: readonly Segment[], held: readonly HeldQuery[]): string | null {
  const known = knownSegments(segments)
  const naming = queriesNaming(segments, held).find(({ query, place }) => {
    const parsed = parseQuery(query, { place, segments: known })
    return parsed.ok && segmentsNamed(parsed.value).includes(code)
  })
  return naming?.what ?? null
}

/** The codes of the segments whose members follow from a code's: itself, those that name it, and those that name these. */
export function followersOf(code: string, segments: readonly Segment[]): readonly string[] {
  const known = knownSegments(segments)
  const followers = new Set([code])
  for (let before = 0; before < followers.size; ) {
    before = followers.size
    for (const segment of segments) {
      const found = known.find(segment.code)
      if (found?.ok && segmentsNamed(found.query).some((named) => followers.has(named))) followers.add(segment.code)
    }
  }
  return [...followers]
}
