import type { Quote } from '@regulars/client'
import {
  AdjustmentType,
  type Injector,
  LanguageCode,
  type OrderLine,
  type Promotion,
  PromotionCondition,
  PromotionLineAction,
  PromotionOrderAction,
  PromotionShippingAction,
} from '@vendure/core'
import type { AppliedRule } from '../engine/words'
import { Quotes } from './quotes'

/**
 * How the engine's prices come into an order. Vendure tests its promotions, with the whole order, on every change of it:
 * the condition asks for one quote, and the actions write what each rule took, to the minor unit and by its name.
 */
export const CONDITION = 'regulars_quote'

let quotes: Quotes

const condition = new PromotionCondition({
  code: CONDITION,
  description: [{ languageCode: LanguageCode.en, value: 'Regulars has something for this order' }],
  args: {},
  init: (injector: Injector) => {
    quotes = injector.get(Quotes)
  },
  check: async (ctx, order) => {
    const quote = await quotes.of(ctx, order)
    return quote !== null && (quote.discountTotal > 0 || quote.freeShipping) && { quote }
  },
})

/** Ladders, product offers and the private link. */
const lineAction = new PromotionLineAction({
  code: 'regulars_line_prices',
  description: [{ languageCode: LanguageCode.en, value: 'Member prices, product offers and private links of Regulars' }],
  args: {},
  conditions: [condition],
  execute: (_ctx, line, _args, { [CONDITION]: { quote } }, promotion) => {
    write(line, quoted(quote, line)?.rules ?? [], AdjustmentType.PROMOTION, promotion)
    return 0
  },
})

/** Order offers: each line's share as the engine cut it. Vendure's own distribution would cut it otherwise. */
const orderAction = new PromotionOrderAction({
  code: 'regulars_order_offers',
  description: [{ languageCode: LanguageCode.en, value: 'Order offers of Regulars' }],
  args: {},
  conditions: [condition],
  execute: (_ctx, order, _args, { [CONDITION]: { quote } }, promotion) => {
    for (const line of order.lines)
      write(line, quoted(quote, line)?.orderShares ?? [], AdjustmentType.DISTRIBUTED_ORDER_PROMOTION, promotion)
    return 0
  },
})

const shippingAction = new PromotionShippingAction({
  code: 'regulars_free_shipping',
  description: [{ languageCode: LanguageCode.en, value: 'Free shipping of Regulars' }],
  args: {},
  conditions: [condition],
  execute: (_ctx, shipping, _order, _args, { [CONDITION]: { quote } }) => {
    if (!quote.freeShipping) return 0
    return -(shipping.listPriceIncludesTax ? shipping.priceWithTax : shipping.price)
  },
})

export const regularsConditions = [condition]
export const regularsActions = [lineAction, orderAction, shippingAction]

function quoted(quote: Quote, line: OrderLine) {
  return quote.lines.find(({ id }) => id === String(line.id))
}

/** What an action gives back Vendure would round, limit and name as one: so they write themselves, and give back 0. */
function write(line: OrderLine, rules: readonly AppliedRule[], type: AdjustmentType, promotion: Promotion): void {
  for (const { kind, code, name, amount } of rules) {
    const rule = `:${kind}:${code}`
    // Two servers that started at once may have made the promotion twice.
    if (amount === 0 || line.adjustments.some(({ adjustmentSource }) => adjustmentSource.endsWith(rule))) continue
    line.addAdjustment({ type, amount: -amount, description: name, adjustmentSource: promotion.getSourceId() + rule, data: {} })
  }
}
