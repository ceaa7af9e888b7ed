import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { type CustomerFacts, UNSCORED } from '../query/facts.ts'

type Facts = Omit<CustomerFacts, 'functions'>

const NOTHING_TOLD = {
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
  ...UNSCORED,
} as const

/** Somebody who registered now and has bought nothing. */
export const newcomerFacts = (now: Instant): Facts => ({
  ...NOTHING_TOLD,
  registeredAt: now,
  tierCode: null,
  numberOfOrders: 0,
  amountSpent: 0,
  largestOrderAmount: null,
  firstOrderAt: null,
  lastOrderAt: null,
})

/** Somebody of a tier of whom the shop has no example: a year with the shop, a few orders, of which nobody knows the amounts. */
export const regularFacts = (tierCode: string | null, now: Instant): Facts => ({
  ...NOTHING_TOLD,
  registeredAt: instant(now - 365 * DAY_MS),
  tierCode,
  numberOfOrders: 3,
  amountSpent: 0,
  largestOrderAmount: 0,
  firstOrderAt: instant(now - 365 * DAY_MS),
  lastOrderAt: instant(now - 30 * DAY_MS),
})
