import type { Minor } from '../kernel/money.ts'
import type { LineState } from './cart-state.ts'
import type { LinkRule, OfferRule } from './compiled.ts'
import type { NamedCode } from './named-codes.ts'
import { type PricedCart, takenFromLine } from './priced.ts'
import type { RuleUse } from './quote.ts'
import { mostOf } from './surprise.ts'

/** The offers and the link that the order uses: they took something, or gave perks (pricing rules, section 4). */
export function usesOf(priced: PricedCart): RuleUse[] {
  return usedRules(priced).map((rule) => {
    const lines = touchedBy(priced, rule)
    return {
      kind: rule.kind,
      code: rule.code,
      taken: lines.reduce((sum, line) => sum + takenFromLine(line, rule), 0) as Minor,
      mayOwe: mayOwe(priced, rule),
      units: unitsBySku(lines),
      lineIds: lines.map((line) => line.id),
      coupon: openedBy(priced.codes, rule)?.coupon?.code ?? null,
    }
  })
}

/** The most that the surprise of a used rule may come to in money. */
export const mayOwe = ({ level }: PricedCart, rule: OfferRule | LinkRule): Minor =>
  mostOf(level.visits.find(({ offer }) => offer === rule)?.draft.step?.surprise ?? [])

/** In order of application, each once. */
export function usedRules({ cart, level }: PricedCart): (OfferRule | LinkRule)[] {
  const used = new Set<OfferRule | LinkRule>()
  for (const line of cart.lines) for (const { rule } of line.rules) if (rule.kind !== 'LADDER') used.add(rule)
  for (const { offer, outcome } of level.visits) if (outcome === 'APPLIED') used.add(offer)
  return [...used]
}

/** The lines from which a rule took something; of one that took nothing, those that it looked at. */
function touchedBy({ cart, level }: PricedCart, rule: OfferRule | LinkRule): readonly LineState[] {
  const touched = cart.lines.filter((line) => takenFromLine(line, rule) > 0)
  if (touched.length > 0) return touched
  const seen = new Set(level.visits.find(({ offer }) => offer === rule)?.draft.lines)
  return cart.lines.filter((line) => seen.has(line))
}

function unitsBySku(lines: readonly LineState[]): { sku: string; quantity: number }[] {
  const units = new Map<string, number>()
  for (const { item } of lines) units.set(item.sku, (units.get(item.sku) ?? 0) + item.quantity)
  return [...units].map(([sku, quantity]) => ({ sku, quantity }))
}

/** The code in the cart that opens an offer; of several good coupons of it the first, and that one is spent. */
export const openedBy = (codes: readonly NamedCode[], rule: OfferRule | LinkRule): NamedCode | undefined =>
  codes.find(({ offer, refusal }) => offer === rule && refusal === null)
