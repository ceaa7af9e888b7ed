import type { RequestContext } from '@vendure/core'

/** Why an order cannot be paid as it is. The shopper sees the order as it costs now, and may go on. */
const TEXTS = {
  en: {
    'price-changed': 'The price of your order has changed. It was {before} and is {total} now. Please look at it and go on.',
    'offer-unavailable':
      '{code} cannot be used any more and was taken out of your order, which costs {total} now. Please look at it and go on.',
    unreachable:
      'Member prices and offers cannot be checked at the moment. Your order costs {total} without them. Go on, or try again later.',
  },
  zh: {
    'price-changed': '订单价格有变，原为 {before}，现为 {total}。请确认后继续。',
    'offer-unavailable': '{code} 已不能使用，已从订单中移除，订单现为 {total}。请确认后继续。',
    unreachable: '暂时无法核对会员价和优惠，不含优惠的订单价格为 {total}。可以继续，也可以稍后再试。',
  },
}

export type Said = keyof (typeof TEXTS)['en']

export function say(
  ctx: RequestContext,
  what: Said,
  { before, total, code = '' }: { before: number; total: number; code?: string | undefined },
): string {
  const texts = ctx.languageCode.startsWith('zh') ? TEXTS.zh : TEXTS.en
  const money = new Intl.NumberFormat(ctx.languageCode.replace('_', '-'), { style: 'currency', currency: ctx.currencyCode })
  return texts[what]
    .replace('{before}', money.format(before / 100))
    .replace('{total}', money.format(total / 100))
    .replace('{code}', code)
}
