import type { Instant } from '../kernel/clock.ts'
import type { Offer } from '../pricing/rule.ts'
import type { PublishWarning, Terms } from './rule.model.ts'

type Fault = Omit<PublishWarning, 'ruleCode'>

/** What staff should look at in the terms of a rule that is to be published; nothing here stops them. */
export function faultsOf(terms: Terms, now: Instant): Fault[] {
  const faults: Fault[] = []
  if (terms.validUntil !== null && terms.validUntil <= now)
    faults.push({
      kind: 'NEVER_APPLIES',
      message: `"${terms.code}" ended at ${new Date(terms.validUntil).toISOString()}: it can never apply.`,
    })
  if (terms.kind === 'OFFER') faults.push(...thresholdFaults(terms))
  return faults
}

function thresholdFaults({ code, order }: Offer): Fault[] {
  if (order?.form !== 'THRESHOLD') return []
  const faults: Fault[] = []
  if (order.steps.every((step) => step.off === null && !step.freeShipping && step.gifts.length === 0 && step.surprise === undefined))
    faults.push({ kind: 'NEVER_APPLIES', message: `No step of "${code}" takes or gives anything: it can never apply.` })
  if (order.repeat && order.steps.some((step) => step.off?.kind !== 'AMOUNT_OFF'))
    faults.push({
      kind: 'REPEAT_WITHOUT_AMOUNT',
      message: `"${code}" repeats, but only amountOff is taken more than once; what it takes or gives comes once.`,
    })
  return faults
}
