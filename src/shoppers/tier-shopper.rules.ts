import type { Instant } from '../kernel/clock.ts'
import type { Shopper } from '../pricing/shopper.ts'
import { type CustomerFacts, UNSCORED } from '../query/facts.ts'
import type { CustomerPredicate } from '../query/predicate.ts'
import { toPricingShopper } from './shopper.rules.ts'

/** What is asked of a customer under a book: its audiences, and the keys of what of them looks at orders one by one. */
type Asked = { readonly predicates: ReadonlyMap<string, CustomerPredicate>; readonly keys: readonly string[] }

/**
 * A customer of whom nothing is known but the tier, and that they have bought before: what a tier pays as a tier. Who is in
 * an audience for another reason (a tag, a company, what they bought) may pay something else.
 */
export const shopperOfTier = (tierCode: string, { predicates, keys }: Asked, at: Instant): Shopper =>
  toPricingShopper({ ...UNKNOWN, tierCode, registeredAt: at, functions: new Map(keys.map((key) => [key, false])) }, predicates, new Map())

const UNKNOWN: Omit<CustomerFacts, 'tierCode' | 'registeredAt' | 'functions'> = {
  kind: 'INDIVIDUAL',
  role: null,
  industry: null,
  purpose: null,
  gender: null,
  birthDate: null,
  email: null,
  language: null,
  country: null,
  region: null,
  city: null,
  source: null,
  tags: [],
  attributes: {},
  emailStatus: 'NOT_SUBSCRIBED',
  smsStatus: 'NOT_SUBSCRIBED',
  company: null,
  numberOfOrders: 1,
  amountSpent: 0,
  largestOrderAmount: null,
  firstOrderAt: null,
  lastOrderAt: null,
  ...UNSCORED,
}
