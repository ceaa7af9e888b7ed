import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { bad, eachFault, firstOf, inside, LONGEST_WORD, readEach, tooMany, wholeFault, wordFault } from '../pricebook/checks.model.ts'
import type { TierOf } from '../pricebook/terms.model.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import type { BundleItem, BundleTerms, MultiBuyTerms, OrderTerms, ThresholdTerms } from '../pricing/rule.ts'
import type { WantedBundle, WantedBundleItem, WantedMultiBuy, WantedOrderTerms, WantedStep } from './offer.model.ts'
import { readStep } from './step.rules.ts'

/** What an order offer takes, in its one form; parts of another form are refused rather than forgotten. */
export function readOrder(wanted: WantedOrderTerms, tierOf: TierOf): Result<OrderTerms, Problem> {
  const form = wanted.form ?? 'THRESHOLD'
  const stranger = strangerIn(wanted, form)
  if (stranger !== null) return refuse(stranger)
  switch (form) {
    case 'THRESHOLD':
      return readThreshold(wanted.steps ?? [], wanted.repeat ?? false, tierOf)
    case 'MULTI_BUY':
      return wanted.multiBuy == null
        ? refuse(bad('A MULTI_BUY says in multiBuy which units are cheaper.', 'multiBuy'))
        : inside(readMultiBuy(wanted.multiBuy), 'multiBuy')
    case 'BUNDLE':
      return wanted.bundle == null
        ? refuse(bad('A BUNDLE says in bundle what is in the set.', 'bundle'))
        : inside(readBundle(wanted.bundle), 'bundle')
  }
}

/** No steps and no repeat are as good as absent: that is how an offer of another form is read back. */
function strangerIn({ steps, repeat, multiBuy, bundle }: WantedOrderTerms, form: OrderTerms['form']): Problem | null {
  const belongs = (part: string, to: OrderTerms['form'], isGiven: boolean) =>
    isGiven && form !== to ? bad(`${part} is for the form ${to}, and this is a ${form}: leave it out, or change the form.`, part) : null
  return firstOf(
    belongs('steps', 'THRESHOLD', (steps ?? []).length > 0),
    belongs('repeat', 'THRESHOLD', repeat === true),
    belongs('multiBuy', 'MULTI_BUY', multiBuy != null),
    belongs('bundle', 'BUNDLE', bundle != null),
  )
}

function readThreshold(wanted: readonly WantedStep[], repeat: boolean, tierOf: TierOf): Result<ThresholdTerms, Problem> {
  if (wanted.length === 0) return refuse(bad('A THRESHOLD has at least one step.', 'steps'))
  if (wanted.length > BOUNDS.stepsPerOffer) return refuse(tooMany('steps', BOUNDS.stepsPerOffer, 'steps'))
  const steps = readEach(wanted, 'steps', (step) => readStep(step, tierOf))
  if (!steps.ok) return steps
  const [first, second] = steps.value
  if (repeat && second !== undefined) return refuse(bad('What repeats has exactly one step.', 'repeat'))
  if (repeat && first?.minSubtotal === 0)
    return refuse(bad('What repeats does so each time minSubtotal is reached: it must be more than 0.', 'steps', 0, 'minSubtotal'))
  return accept({ form: 'THRESHOLD', steps: steps.value, repeat })
}

function readMultiBuy({ every, units, percentOff }: WantedMultiBuy): Result<MultiBuyTerms, Problem> {
  const fault = firstOf(wholeFault(every, 1, BOUNDS.quantity, 'every'), wholeFault(units, 1, every, 'units'))
  return fault === null ? accept({ form: 'MULTI_BUY', every, units, bp: percentOff }) : refuse(fault)
}

function readBundle({ items: wanted, price }: WantedBundle): Result<BundleTerms, Problem> {
  if (wanted.length === 0) return refuse(bad('A BUNDLE has at least one item.', 'items'))
  if (wanted.length > BOUNDS.itemsPerBundle) return refuse(tooMany('items', BOUNDS.itemsPerBundle, 'items'))
  const seen = new Set<string>()
  const twice = eachFault(wanted, 'items', ({ sku }) => {
    if (seen.has(sku)) return bad(`"${sku}" is in the bundle already: one item a sku, with its quantity.`, 'sku')
    seen.add(sku)
    return null
  })
  if (twice !== null) return refuse(twice)
  const items = readEach(wanted, 'items', readBundleItem)
  return items.ok ? accept({ form: 'BUNDLE', items: items.value, price }) : items
}

function readBundleItem({ sku, quantity }: WantedBundleItem): Result<BundleItem, Problem> {
  const fault = firstOf(wordFault(sku, LONGEST_WORD, 'sku'), wholeFault(quantity, 1, BOUNDS.quantity, 'quantity'))
  return fault === null ? accept({ sku, quantity: quantity ?? 1 }) : refuse(fault)
}
