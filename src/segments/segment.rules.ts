import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import type { Segment, WantedSegment } from './segment.model.ts'

const MAX_SEGMENTS = 500
const LONGEST_NAME = 200

export const isSegmentCode = (code: string): boolean => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,59}$/u.test(code)

/** The segment as it is to be: its code finds the one to replace, else it is new under `newId`. Its query is looked at elsewhere. */
export function decideSegment(
  saved: readonly Segment[],
  wanted: WantedSegment,
  { newId, now }: { readonly newId: Segment['id']; readonly now: Segment['updatedAt'] },
): Result<Segment, Problem> {
  const bad = (field: string, message: string) => refuse(problem('BAD_USER_INPUT', message, ['input', field]))
  if (!isSegmentCode(wanted.code)) return bad('code', 'code has 1 to 60 letters, digits, dashes and underscores.')
  if (!isWord(wanted.name, LONGEST_NAME)) return bad('name', `name must have 1 to ${LONGEST_NAME} printable characters.`)
  if (wanted.query.trim() === '') return bad('query', 'query must say who is in the segment; it may not be blank.')
  const found = saved.find(({ code }) => code === wanted.code)
  if (!found && saved.length >= MAX_SEGMENTS)
    return refuse(problem('TOO_MANY_ITEMS', `A shop has at most ${MAX_SEGMENTS} segments.`, ['input']))
  return accept({ ...wanted, id: found?.id ?? newId, updatedAt: now, refreshedAt: null })
}

/** The saved segments with one of them as it is to be. */
export const withSegment = (saved: readonly Segment[], segment: Segment): readonly Segment[] => [
  ...saved.filter(({ code }) => code !== segment.code),
  segment,
]
