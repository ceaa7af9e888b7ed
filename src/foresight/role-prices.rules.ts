import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import type { PriceBook } from '../pricing/book.ts'
import { price } from '../pricing/price.ts'
import type { Shopper } from '../pricing/shopper.ts'
import type { Case } from './cases.rules.ts'
import type { Role } from './warning.model.ts'

/** What a case costs somebody, all of it together, and whether the rule has to do with that. */
export type RolePrice = {
  readonly role: Role
  readonly total: Minor
  readonly isApplied: boolean
  /** Whether the rule took something from the whole cart. */
  readonly isOrderOffer: boolean
  readonly gifts: readonly { readonly sku: string; readonly quantity: number }[]
}

/** What a case costs each of the roles at an instant. Whoever needs a code or a coupon for the rule has it. */
export function priceForRoles(book: PriceBook, terms: Terms, roles: readonly Role[], { lines }: Case, at: Instant): RolePrice[] {
  const opening = openingOf(terms)
  const isThis = ({ code }: { readonly code: string }) => code === terms.code
  return roles.flatMap((role) => {
    const cart = { lines, codes: opening === null ? [] : [opening.code], link: null }
    const quote = price(book, opening === null ? role.shopper : opening.give(role.shopper), cart, at, { nextSteps: false })
    if (!quote.ok) return []
    const applied = [...quote.value.lines.flatMap(({ rules }) => rules), ...quote.value.orderRules]
    const gifts = quote.value.gifts.filter(({ offerCode }) => offerCode === terms.code)
    return [
      {
        role,
        total: quote.value.total,
        isApplied: gifts.length > 0 || applied.some(isThis),
        isOrderOffer: quote.value.orderRules.some(isThis),
        gifts,
      },
    ]
  })
}

/** A code that nobody has chosen: it holds what cannot be typed. */
const ANY_COUPON = '\u0001'

/** What opens a rule that is had with its code or a coupon; null for one that comes by itself. */
export function openingOf(terms: Terms): { code: string; give: (shopper: Shopper | null) => Shopper | null } | null {
  if (terms.kind === 'LADDER' || terms.trigger === 'AUTOMATIC') return null
  if (terms.coupons === null) return { code: terms.code, give: (shopper) => shopper }
  const coupon = { code: ANY_COUPON, offerCode: terms.code, status: 'AVAILABLE', validUntil: null } as const
  return { code: ANY_COUPON, give: (shopper) => (shopper === null ? null : { ...shopper, coupons: [coupon] }) }
}

export const nameOf = ({ isNewcomer, tierCode }: Role): string => {
  if (isNewcomer) return 'a newcomer'
  return tierCode === null ? 'a returning customer' : `a returning "${tierCode}" customer`
}
