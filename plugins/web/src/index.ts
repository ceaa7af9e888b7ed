import { CartStepsElement } from './cart-steps.ts'
import { CouponWalletElement } from './coupon-wallet.ts'
import { MemberPriceElement } from './member-price.ts'
import { PrivateLinkElement } from './private-link.ts'
import { configure, refresh } from './regulars.ts'
import { RegularsShopElement } from './regulars-shop.ts'
import { TierProgressElement } from './tier-progress.ts'
import { VipOffersElement } from './vip-offers.ts'

export type { Settings, TokenSource } from './settings.ts'
export type { Words } from './words.ts'
export { configure, refresh }

const ELEMENTS = {
  'member-price': MemberPriceElement,
  'tier-progress': TierProgressElement,
  'vip-offers': VipOffersElement,
  'coupon-wallet': CouponWalletElement,
  'private-link': PrivateLinkElement,
  'cart-steps': CartStepsElement,
  // The last: what stands before it in the page waits for it.
  'regulars-shop': RegularsShopElement,
}

/** A server that renders pages may read this: it has no elements to define. */
if (typeof customElements !== 'undefined')
  for (const [name, element] of Object.entries(ELEMENTS)) customElements.get(name) ?? customElements.define(name, element)

declare global {
  interface HTMLElementTagNameMap {
    'regulars-shop': RegularsShopElement
    'member-price': MemberPriceElement
    'tier-progress': TierProgressElement
    'vip-offers': VipOffersElement
    'coupon-wallet': CouponWalletElement
    'private-link': PrivateLinkElement
    'cart-steps': CartStepsElement
  }
}
