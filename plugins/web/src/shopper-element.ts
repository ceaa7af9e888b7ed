import type { Shopper } from '@regulars/client'
import { type Claimed, claim } from './claim.ts'
import { h } from './dom.ts'
import { RegularsElement } from './element.ts'
import type { Voice } from './language.ts'
import type { Page } from './page.ts'
import { currentPage, refreshShopper } from './regulars.ts'

/** Something of the shopper's own from which coupons can be claimed. Nobody signed in: what the page put into it. */
export abstract class ShopperElement extends RegularsElement<Shopper | null> {
  /** Tells what came of what the shopper did. */
  protected readonly said: HTMLElement = h('p', { part: 'status', class: 'muted', role: 'status' })
  #claiming = false

  constructor(css: string) {
    super(css)
    this.foot.append(this.said)
  }

  protected ask(page: Page): Promise<Shopper | null> | null {
    return page.settings.shopperToken ? page.shopper() : null
  }

  /** One at a time: a second press of the same button is not a second coupon. */
  protected async claim(code: string, voice: Voice): Promise<boolean> {
    const page = currentPage()
    if (!page || this.#claiming || code === '') return false
    this.#claiming = true
    const claimed: Claimed = await claim(page, code, voice)
    this.#claiming = false
    this.said.textContent = claimed.said
    if ('error' in claimed) {
      this.announce('regulars-error', claimed.error)
      return false
    }
    this.announce('regulars-coupon-claimed', claimed.coupon)
    refreshShopper()
    return true
  }
}
