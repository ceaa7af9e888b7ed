import { type Minor, ZERO } from '../kernel/money.ts'
import type { Cart } from './cart.ts'
import type { LineState, Taken } from './cart-state.ts'
import type { Moment } from './moment.ts'
import { nextSteps } from './next-steps.ts'
import type { OrderLevel } from './order-level.ts'
import { sumOf } from './order-lines.ts'
import type { PricedCart } from './priced.ts'
import type { AppliedRule, Quote, QuoteLine, RuleKind } from './quote.ts'
import { refusedCodes, refusedLink } from './refusals.ts'
import { traceLine } from './trace.ts'
import { usesOf } from './uses.ts'

/** What is told beside the price: traces when asked for, next steps unless not wanted. */
type Told = { readonly explain?: boolean; readonly nextSteps?: boolean }

/** A priced cart as plain data (pricing rules, section 5). */
export function writeQuote(moment: Moment, cart: Cart, priced: PricedCart, subtotal: Minor, told: Told): Quote {
  const total = sumOf(priced.cart.lines.map((line) => line.total))
  return {
    lines: priced.cart.lines.map((line) => writeLine(line, told.explain ? traceLine(moment, priced, cart, line) : null)),
    orderRules: orderRules(priced.level),
    gifts: priced.level.gifts,
    surprises: priced.level.surprises,
    freeShipping: priced.level.freeShipping,
    subtotal,
    discountTotal: (subtotal - total) as Minor,
    total,
    refusedCodes: refusedCodes(moment, priced),
    refusedLink: refusedLink(priced, cart.link),
    nextSteps: told.nextSteps === false ? [] : nextSteps(moment, priced.level.visits),
    bookVersion: moment.book.version,
    at: moment.at,
    uses: usesOf(priced),
  }
}

function writeLine({ id, item, unit, total, rules, shares }: LineState, trace: QuoteLine['trace']): QuoteLine {
  return {
    id,
    sku: item.sku,
    quantity: item.quantity,
    listPrice: item.listPrice,
    unitPrice: unit,
    total,
    rules: rules.map((taken) => writeTaken(taken, item.quantity)),
    orderShares: shares.map((taken) => writeTaken(taken, 1)),
    trace,
  }
}

type Called = { readonly kind: RuleKind; readonly code: string; readonly name: string }

/** A rule that applied, and what it took of so many units. */
export const writeTaken = ({ rule, amount }: Taken<Called>, units: number): AppliedRule => ({
  kind: rule.kind,
  code: rule.code,
  name: rule.name,
  amount: (amount * units) as Minor,
})

const orderRules = ({ visits }: OrderLevel): AppliedRule[] =>
  visits
    .filter(({ draft, outcome }) => outcome === 'APPLIED' && draft.amount > ZERO)
    .map(({ offer, draft }) => writeTaken({ rule: offer, amount: draft.amount }, 1))
