import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { GROUPS, type GroupKind, type GroupTarget } from './group.model.ts'

const MAX_CODE = 100

/** Whether a share lies on the wrong side of its target; on it is well. Nobody at all is no alarm. */
export function isPassed({ shareBp, direction }: GroupTarget, customers: number, ofCustomers: number): boolean {
  if (ofCustomers === 0) return false
  return direction === 'AT_LEAST' ? customers * 10_000 < shareBp * ofCustomers : customers * 10_000 > shareBp * ofCustomers
}

export function checkGroup(kind: GroupKind, group: string): Result<true, Problem> {
  const known = GROUPS[kind]
  if (known === null ? isWord(group, MAX_CODE) : known.includes(group)) return accept(true)
  const message =
    known === null ? `group must have 1 to ${MAX_CODE} characters: the code of a tier.` : `group is one of ${known.join(', ')}.`
  return refuse(problem('BAD_USER_INPUT', message, ['group']))
}
