import { basisPoints } from '../kernel/money.ts'
import type { Parameter, ReadyOffer, Words } from './ready-made.model.ts'

// What several ready-made campaigns say.

/** By each one's own rhythm, else their category's, else the shop's. */
export const LOST = "lifecycle IN ('DORMANT', 'CHURNED')"

/** How often somebody is written to goes by what they are worth: beyond the first sendings only those who bring most of the revenue. */
export const WORTH_MORE = "abc_class IN ('A', 'B')"
export const WORTH_MOST = "abc_class = 'A'"

/** A text in a query. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`
export const anyOf = (texts: readonly string[]): string => `(${texts.map(quoted).join(', ')})`

export const CONTROL: Parameter = {
  code: 'control-percent',
  name: { EN: 'Control group, percent', ZH: '对照组比例（%）' },
  kind: 'PERCENT',
  usual: 10,
  least: 0,
  most: 50,
}

export const percentOff = (usual: number): Parameter => ({
  code: 'percent-off',
  name: { EN: 'Discount, percent', ZH: '折扣（%）' },
  kind: 'PERCENT',
  usual,
  least: 1,
  most: 90,
})

/** A discount's limit: what it takes of an order that nine tenths of the buyers stay below. */
export const mostOff = (times: number, usual: number): Parameter => ({
  code: 'most-off',
  name: { EN: 'Discount at most', ZH: '最高优惠金额' },
  kind: 'AMOUNT',
  usual,
  least: 1,
  most: 1_000_000_000,
  measured: { of: 'TYPICAL_ORDER', share: 0.9, times },
})

export const days = (code: string, name: Words, usual: number, most = 730): Parameter => ({
  code,
  name,
  kind: 'DAYS',
  usual,
  least: 1,
  most,
})

/** Between small orders and large ones: what three of four buyers' largest order stays below. */
export const LARGE_ORDER: Parameter = {
  code: 'large-order',
  name: { EN: 'A large order is from', ZH: '大额订单起点' },
  kind: 'AMOUNT',
  usual: 500,
  least: 1,
  most: 1_000_000_000,
  measured: { of: 'LARGEST_ORDER', share: 0.75 },
}

export const offWords = (percent: number): Words => ({ EN: `${percent} % off your next order`, ZH: `下一单减 ${percent}%` })

/** A coupon for one order, a share of it with a limit. */
export function coupon(
  name: Words,
  percent: number,
  { validDays, ...step }: { readonly validDays: number; readonly maxAmount?: number; readonly minSubtotal?: number },
): ReadyOffer {
  return {
    name,
    level: 'ORDER',
    trigger: 'CODE',
    coupons: { claimable: false, perCustomer: 1, validDays },
    order: { form: 'THRESHOLD', steps: [{ percentOff: basisPoints(percent * 100), ...step } as Step] },
    as: 'COUPON',
    validDays,
  }
}
type Step = NonNullable<NonNullable<NonNullable<ReadyOffer['order']>['steps']>[number]>

/** How a coupon is named to its owner; what it takes it says itself. */
export const COUPON: Words = {
  EN: '{{ coupon.name }}: enter {{ coupon.code }} at checkout{% if coupon.valid_until %}, until {{ coupon.valid_until | date: "%Y-%m-%d" }}{% endif %}.',
  ZH: '{{ coupon.name }}：结算时输入 {{ coupon.code }}{% if coupon.valid_until %}，有效期至 {{ coupon.valid_until | date: "%Y-%m-%d" }}{% endif %}。',
}
export const SHORT_COUPON: Words = {
  EN: '{{ coupon.name }} with {{ coupon.code }}.',
  ZH: '{{ coupon.name }}，优惠码 {{ coupon.code }}。',
}
/** What somebody usually buys, as far as it is known. */
export const USUAL: Words = {
  EN: '{% if usual_product.name %}{{ usual_product.name }}, {{ usual_product.quantity }} as usual{% else %}What you liked{% endif %}',
  ZH: '{% if usual_product.name %}{{ usual_product.name }}，照常 {{ usual_product.quantity }} 件{% else %}您喜欢的商品{% endif %}',
}
export const USUAL_NAME: Words = {
  EN: '{% if usual_product.name %}{{ usual_product.name }}{% else %}what you usually take{% endif %}',
  ZH: '{% if usual_product.name %}{{ usual_product.name }}{% else %}您常买的商品{% endif %}',
}
export const LAST_NAME: Words = {
  EN: '{% if last_product.name %}{{ last_product.name }}{% else %}your last order{% endif %}',
  ZH: '{% if last_product.name %}{{ last_product.name }}{% else %}上次购买的商品{% endif %}',
}

/** What three of four buyers' usual order stays below. */
export const LARGER_THAN_USUAL: Parameter = {
  code: 'order-from',
  name: { EN: 'For orders from', ZH: '订单满' },
  kind: 'AMOUNT',
  usual: 300,
  least: 1,
  most: 1_000_000_000,
  measured: { of: 'TYPICAL_ORDER', share: 0.75 },
}
