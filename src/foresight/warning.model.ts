import type { Minor } from '../kernel/money.ts'
import type { PublishWarning, Terms } from '../pricebook/rule.model.ts'
import type { ProductFacts } from '../pricing/cart.ts'
import type { Shopper } from '../pricing/shopper.ts'

export const WARNING_KINDS = [
  'NEVER_APPLIES',
  'REPEAT_WITHOUT_AMOUNT',
  'OVERLAP',
  'NARROW_STEPS',
  'REGULARS_PAY_MORE',
  'BELOW_COST',
  'PRICE_JUMP',
  'INFLATED_LIST',
  'NOT_LOOKED_AT',
] as const
export type WarningKind = (typeof WARNING_KINDS)[number]

/** Something that staff should look at, of one rule; what it is not about is null. Amounts are of all units of `quantity`. */
export type Finding = {
  readonly kind: WarningKind
  readonly message: string
  readonly sku: string | null
  readonly tierCode: string | null
  readonly quantity: number | null
  readonly price: Minor | null
  readonly comparedWith: Minor | null
}
export type Warning = PublishWarning & Omit<Finding, 'kind' | 'message'> & { readonly ruleName: string }

export const finding = (kind: WarningKind, message: string, about: Partial<Omit<Finding, 'kind' | 'message'>> = {}): Finding => ({
  kind,
  message,
  sku: null,
  tierCode: null,
  quantity: null,
  price: null,
  comparedWith: null,
  ...about,
})

/** A product of the catalogue, as far as warnings look at it. */
export type LookedAt = {
  readonly facts: ProductFacts
  readonly name: string
  readonly costPrice: Minor | null
}

/** The products in a rule's scope: how many there are, and the best-selling ones, which are looked at. */
export type Reached = { readonly count: number; readonly products: readonly LookedAt[] }

/** Somebody typical of those whom a price is for. `tierCode` null: in no tier. `shopper` null: nobody identified. */
export type Role = {
  readonly isNewcomer: boolean
  readonly tierCode: string | null
  readonly shopper: Shopper | null
}

/** A rule that is to be published, with what the shop knows that bears on it. */
export type Subject = {
  readonly terms: Terms
  readonly reached: Reached
}
