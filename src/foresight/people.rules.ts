import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import type { CustomerFacts } from '../query/facts.ts'
import { UNKNOWN_PERSON } from '../shoppers/unknown-person.model.ts'

type Facts = Omit<CustomerFacts, 'functions'>

/** Somebody who registered now and has bought nothing. */
export const newcomerFacts = (now: Instant): Facts => ({ ...UNKNOWN_PERSON, registeredAt: now })

/** Somebody of a tier of whom the shop has no example: a year with the shop, a few orders, of which nobody knows the amounts. */
export const regularFacts = (tierCode: string | null, now: Instant): Facts => ({
  ...UNKNOWN_PERSON,
  registeredAt: instant(now - 365 * DAY_MS),
  tierCode,
  numberOfOrders: 3,
  largestOrderAmount: 0,
  firstOrderAt: instant(now - 365 * DAY_MS),
  lastOrderAt: instant(now - 30 * DAY_MS),
})
