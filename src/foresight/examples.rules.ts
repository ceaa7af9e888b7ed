import type { Finding, Warning } from './warning.model.ts'
import { inNumber } from './words.rules.ts'

/** Of one kind and rule so many are told, and in all so many: a rule over a whole catalogue must not drown its other faults. */
const EXAMPLES = 20
const IN_ALL = 1_000

/** What was found of a rule as warnings: of each kind the first few, the last of which says how many more there are. */
export function toWarnings(rule: { readonly code: string; readonly name: string }, found: readonly Finding[]): Warning[] {
  const kinds = Map.groupBy(found, (one) => one.kind)
  return [...kinds.values()].flatMap((of) =>
    of.slice(0, EXAMPLES).map((one, i) => ({ ...one, ruleCode: rule.code, ruleName: rule.name, message: one.message + more(of, i) })),
  )
}

const more = (of: readonly Finding[], i: number): string =>
  i === EXAMPLES - 1 && of.length > EXAMPLES ? ` And ${inNumber(of.length - EXAMPLES)} more.` : ''

export function bounded(warnings: readonly Warning[]): Warning[] {
  const told = warnings.slice(0, IN_ALL)
  const last = told[IN_ALL - 1]
  if (last === undefined || warnings.length === IN_ALL) return told
  return [...told.slice(0, -1), { ...last, message: `${last.message} And ${inNumber(warnings.length - IN_ALL)} more of all kinds.` }]
}
