import { type InputPath, type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse } from '../kernel/text.ts'
import type { Customer } from './customer.model.ts'
import { FILLED, type Filling, type Merge } from './merge.model.ts'

const MAX_REASON = 1_000

/** Why something was done to a customer, for whoever looks later. */
export function checkReason(reason: string): Problem | null {
  return isProse(reason, MAX_REASON)
    ? null
    : problem('BAD_USER_INPUT', `reason must have 1 to ${MAX_REASON} characters: whoever looks later wants to know why.`, ['reason'])
}

/** Whether one may become part of the other: two who are each still themselves. */
export function decideMerge(from: Customer, into: Customer): Result<null, Problem> {
  if (from.id === into.id) return conflict('from and into are the same customer: nothing is to be merged.', ['from'])
  if (from.mergedInto === into.id) return conflict('from is part of into already.', ['from'], { mergedInto: into.id })
  if (from.mergedInto !== null)
    return conflict(`from was merged into ${from.mergedInto} already: merge that one, or undo it first (unmergeCustomer).`, ['from'], {
      mergedInto: from.mergedInto,
    })
  if (into.mergedInto !== null)
    return conflict(`into was merged into ${into.mergedInto}: merge into that one.`, ['into'], { mergedInto: into.mergedInto })
  return accept(null)
}

/** Whether a merge can be undone now. */
export function decideUnmerge(from: Customer, merge: Merge | null): Result<Merge, Problem> {
  if (merge === null) return conflict('This customer is not merged into another, or no longer.', ['from'])
  if (merge.taken === null) return conflict('What this merge took was erased with the personal data: nothing can be given back.', ['from'])
  if (from.mergedInto !== merge.intoId)
    return conflict(
      `${merge.intoId} was itself merged on since: undo that merge first (unmergeCustomer(from: "${merge.intoId}")).`,
      ['from'],
      {
        mergedInto: merge.intoId,
      },
    )
  return accept(merge)
}

const conflict = (message: string, path: InputPath, details?: Problem['details']) => refuse(problem('CONFLICT', message, path, details))

/** `into` with what it lacks taken from `from`, and what that was. A customer is one since the earlier of the two days. */
export function fillFrom(into: Customer, from: Customer): { into: Customer; facts: Filling[]; attributes: Customer['attributes'] } {
  const facts = FILLED.flatMap((fact): Filling[] => {
    const is = fact === 'registeredAt' ? Math.min(into.registeredAt, from.registeredAt) : (into[fact] ?? from[fact])
    return is === into[fact] ? [] : [{ fact, was: into[fact], is: is as Filling['is'] }]
  })
  const attributes = Object.fromEntries(Object.entries(from.attributes).filter(([name]) => !Object.hasOwn(into.attributes, name)))
  const filled = {
    ...into,
    ...Object.fromEntries(facts.map(({ fact, is }) => [fact, is])),
    attributes: { ...into.attributes, ...attributes },
  }
  return { into: filled, facts, attributes }
}

/** `into` without what a merge filled in, where it is still that. */
export function unfill(into: Customer, facts: readonly Filling[], attributes: Customer['attributes']): Customer {
  const back = facts.filter(({ fact, is }) => into[fact] === is).map(({ fact, was }) => [fact, was])
  const same = (name: string, value: unknown) =>
    Object.hasOwn(attributes, name) && JSON.stringify(attributes[name]) === JSON.stringify(value)
  return {
    ...into,
    ...Object.fromEntries(back),
    attributes: Object.fromEntries(Object.entries(into.attributes).filter(([name, value]) => !same(name, value))),
  }
}
