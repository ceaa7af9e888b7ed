import { type CustomerFacts, UNSCORED } from '../query/facts.ts'

/** Somebody of whom nothing is known, and who has bought nothing. */
export const UNKNOWN_PERSON: Omit<CustomerFacts, 'registeredAt' | 'functions'> = {
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
  tierCode: null,
  numberOfOrders: 0,
  amountSpent: 0,
  largestOrderAmount: null,
  firstOrderAt: null,
  lastOrderAt: null,
  ...UNSCORED,
}
