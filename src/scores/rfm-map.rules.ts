import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { EIGHT_CLASSES, GRID_GROUPS, type RfmMap, type WantedMap } from './rfm-map.model.ts'
import type { Figures } from './score.model.ts'

const MAX_NAME = 100
const MOST_DAYS = 3_650
const bad = (message: string, ...path: (string | number)[]) => refuse(problem('BAD_USER_INPUT', message, ['input', ...path]))

/** The next version of the shop's map. */
export function nextMap(before: RfmMap, wanted: WantedMap, now: Instant): Result<RfmMap, Problem> {
  if (!isWord(wanted.name, MAX_NAME)) return bad(`name must have 1 to ${MAX_NAME} characters.`, 'name')
  const next = { version: before.version + 1, name: wanted.name, kind: wanted.kind, savedAt: now }
  if (wanted.kind === 'EIGHT_CLASSES') return accept({ ...next, cells: [...EIGHT_CLASSES] })
  if (wanted.rows.length !== 5 || wanted.rows.some((row) => row.length !== 5))
    return bad('A grid has five rows, R 5 to R 1, of five groups each, FM 1 to FM 5.', 'rows')
  const known: readonly string[] = GRID_GROUPS
  for (const [r, row] of wanted.rows.entries())
    for (const [fm, group] of row.entries()) if (!known.includes(group)) return bad(`A group is one of ${known.join(', ')}.`, 'rows', r, fm)
  return accept({ ...next, cells: wanted.rows.flat() })
}

/** The shop's own m and q, in days. */
export function checkRhythm({ medianDays, p90Days }: Figures): Result<Figures, Problem> {
  const fault = (message: string, path: string) => refuse(problem('BAD_USER_INPUT', message, [path]))
  if (!(medianDays >= 1 && medianDays <= MOST_DAYS)) return fault(`medianDays is from 1 to ${MOST_DAYS}.`, 'medianDays')
  if (!(p90Days >= 1.5 * medianDays && p90Days <= 10 * MOST_DAYS))
    return fault(`p90Days is at least one and a half times medianDays, and at most ${10 * MOST_DAYS}.`, 'p90Days')
  return accept({ medianDays, p90Days })
}
