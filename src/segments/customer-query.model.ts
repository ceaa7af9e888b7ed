import { type InputPath, type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { QueryFault } from '../query/fault.ts'
import { parseQuery } from '../query/parse.ts'
import type { QueryPlace } from '../query/place.ts'
import { NO_SEGMENTS, type Segments } from '../query/segment.ts'
import type { CustomerQuery } from '../query/tree.ts'

/** A query as a caller wrote it, or all that is wrong with it. Blank is null: everyone. It may name these segments. */
export function readQuery(
  text: string | null | undefined,
  path: InputPath,
  place: QueryPlace = 'AUDIENCE',
  segments: Segments = NO_SEGMENTS,
): Result<CustomerQuery | null, Problem> {
  if (text === null || text === undefined || text.trim() === '') return accept(null)
  const parsed = parseQuery(text, { place, segments })
  return parsed.ok ? parsed : refuse(badQuery(parsed.problem, path))
}

export const badQuery = (faults: readonly QueryFault[], path: InputPath): Problem =>
  problem('BAD_QUERY', faults.map((fault) => fault.message).join(' '), path, { faults })
