import type { Assumed } from './threshold.model.ts'
import { inPercent } from './words.rules.ts'

/** What a forecast takes for granted, in sentences. */
export function thresholdAssumptions(
  { stretchBp, upliftBp, marginBp }: Assumed,
  source: 'KNOWN_COSTS' | 'GIVEN' | 'UNKNOWN',
  isScoped: boolean,
): string[] {
  const earned = {
    KNOWN_COSTS: `What is added earns ${inPercent(marginBp ?? 0)}, as goods of known cost did at their costs of now.`,
    GIVEN: `What is added earns ${inPercent(marginBp ?? 0)}, as given.`,
    UNKNOWN: 'What is added earns nobody knows what: no cost is known, and no marginPercent was given.',
  }[source]
  return [
    `Of the orders that came within ${inPercent(stretchBp)} below a threshold ${inPercent(upliftBp)} stretch exactly to it; all others stay what they were.`,
    earned,
    'Each threshold is looked at as if it were the only one, open to everybody, and beside no other offer.',
    isScoped
      ? 'An order counts with what was paid for its goods in scope, less returns, at the scope of now; orders without any are left out.'
      : 'An order counts with what was paid for it, less returns.',
  ]
}
