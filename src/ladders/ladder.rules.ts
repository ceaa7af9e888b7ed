import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { readAdjustment } from '../pricebook/adjustment.model.ts'
import { bad, firstOf, inside, readEach, tooMany, wholeFault } from '../pricebook/checks.model.ts'
import { readTerms, type TierOf, tierFault } from '../pricebook/terms.model.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import type { Ladder, Rung } from '../pricing/rule.ts'
import type { WantedLadder, WantedRung } from './ladder.model.ts'

/** The ladder that is asked for, or the first thing that is wrong with it. Rungs may come in any order, two of one tier and quantity too: the lowest price counts. */
export function readLadder(wanted: WantedLadder, tierOf: TierOf): Result<Ladder, Problem> {
  const terms = readTerms(wanted)
  if (!terms.ok) return terms
  if (wanted.rungs.length === 0) return refuse(bad('A ladder has at least one rung.', 'rungs'))
  if (wanted.rungs.length > BOUNDS.rungsPerLadder) return refuse(tooMany('rungs', BOUNDS.rungsPerLadder, 'rungs'))
  const rungs = readEach(wanted.rungs, 'rungs', (rung) => readRung(rung, tierOf))
  return rungs.ok ? accept({ ...terms.value, kind: 'LADDER', rungs: rungs.value }) : rungs
}

function readRung({ tierCode, minQuantity, adjustment }: WantedRung, tierOf: TierOf): Result<Rung, Problem> {
  const fault = firstOf(tierFault(tierCode, 'tierCode', tierOf), wholeFault(minQuantity, 1, BOUNDS.quantity, 'minQuantity'))
  if (fault !== null) return refuse(fault)
  const adjusted = inside(readAdjustment(adjustment), 'adjustment')
  return adjusted.ok ? accept({ tierCode: tierCode ?? null, minQuantity: minQuantity ?? 1, adjustment: adjusted.value }) : adjusted
}
