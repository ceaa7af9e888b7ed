import type { AppliedRuleFragment, Quote } from '@regulars/client'

/** What an order offer takes off a line, in minor units. */
export type Adjustment = { readonly amount: number; readonly description: string }

/** How a line of a cart was priced, in minor units. */
export type PricedLine = {
  readonly sku: string
  readonly quantity: number
  /** What Medusa itself asks for one. */
  readonly list: number
  /** What one costs before what order offers take. */
  readonly unit: number
  /** What the line costs. */
  readonly total: number
  readonly adjustments: readonly Adjustment[]
  readonly rules: readonly AppliedRuleFragment[]
}

/** How a cart was priced last. */
export type PricedCart = {
  /** Null: the engine did not answer, the cart is at list prices. Not asked: its currency is not the shop's. */
  readonly by: 'quote' | 'list'
  readonly why: string | null
  readonly currency: string
  readonly lines: Readonly<Record<string, PricedLine>>
  readonly subtotal: number
  readonly total: number
  readonly quote: Pick<Quote, 'gifts' | 'surprises' | 'freeShipping' | 'refusedCodes' | 'refusedLink' | 'nextSteps'> | null
  /** Whether anything in it may be used up: then it is not sold without asking the engine again. */
  readonly limited: boolean
}

/** A line of a Medusa cart that can be priced. */
export type CartLine = { readonly id: string; readonly sku: string; readonly quantity: number; readonly list: number }

/** As Medusa would sell it. */
export function atListPrices(lines: readonly CartLine[], currency: string, why: string | null): PricedCart {
  const priced = lines.map(({ id, sku, quantity, list }): [string, PricedLine] => [
    id,
    { sku, quantity, list, unit: list, total: list * quantity, adjustments: [], rules: [] },
  ])
  const total = priced.reduce((sum, [, line]) => sum + line.total, 0)
  return { by: 'list', why, currency, lines: Object.fromEntries(priced), subtotal: total, total, quote: null, limited: false }
}

export function asQuoted(quote: Quote, currency: string): PricedCart {
  const { subtotal, total, gifts, surprises, freeShipping, refusedCodes, refusedLink, nextSteps } = quote
  return {
    by: 'quote',
    why: null,
    currency,
    lines: Object.fromEntries(quote.lines.map((line) => [line.id, asMedusaHasIt(line)])),
    subtotal,
    total,
    quote: { gifts, surprises, freeShipping, refusedCodes, refusedLink, nextSteps },
    limited:
      freeShipping ||
      gifts.length > 0 ||
      surprises.length > 0 ||
      quote.lines.some(({ rules, orderShares }) => orderShares.length > 0 || rules.some(({ kind }) => kind !== 'LADDER')),
  }
}

/**
 * A Medusa line costs its unit price times its quantity less adjustments. The quote's total is what it must come to, so
 * what does not divide by the quantity is an adjustment.
 */
function asMedusaHasIt({ sku, quantity, listPrice, unitPrice, total, rules, orderShares }: Quote['lines'][number]): PricedLine {
  const unit = Math.max(unitPrice, ceilDiv(total, quantity))
  const less = unit * quantity - total
  const shares = orderShares.reduce((sum, { amount }) => sum + amount, 0)
  const adjustments =
    shares === less
      ? orderShares.filter(({ amount }) => amount > 0).map(({ amount, name }) => ({ amount, description: name }))
      : [{ amount: less, description: [...orderShares, ...rules].map(({ name }) => name).join(', ') }]
  return { sku, quantity, list: listPrice, unit, total, adjustments, rules: [...rules, ...orderShares] }
}

const ceilDiv = (amount: number, by: number): number => Number((BigInt(amount) + BigInt(by) - 1n) / BigInt(by))
