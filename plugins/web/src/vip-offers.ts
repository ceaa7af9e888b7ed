import type { Shopper } from '@regulars/client'
import { button, h } from './dom.ts'
import type { Voice } from './language.ts'
import { type Offer, sentences } from './offer-steps.ts'
import { ShopperElement } from './shopper-element.ts'

/** What who is signed in may have now. A code that anyone may type is never told. */
export class VipOffersElement extends ShopperElement {
  constructor() {
    super(':host{--space:15em}')
  }

  protected draw(shopper: Shopper | null, voice: Voice): readonly Node[] | null {
    if (shopper === null) return null
    if (shopper.offers.length === 0) return this.hasLight() ? null : [h('p', { part: 'notice', class: 'muted' }, voice.noOffers)]
    const cards = shopper.offers.map((offer) => this.#card(offer, voice))
    return [
      h(
        'div',
        { role: 'group', class: 'strip', part: 'strip', tabindex: '0', 'aria-label': voice.offers },
        h('ul', { part: 'list' }, cards),
      ),
    ]
  }

  #card(offer: Offer, voice: Voice): HTMLElement {
    const { name, description, validUntil, claimCode, trigger } = offer
    const how = trigger === 'AUTOMATIC' ? voice.byItself : voice.byCode
    const act = claimCode && button('claim', voice.claim, { 'aria-label': `${voice.claim}: ${name}` }, () => this.claim(claimCode, voice))
    return h(
      'li',
      { class: 'card', part: 'offer' },
      h('strong', { part: 'name' }, name),
      description && h('p', { part: 'description', class: 'muted' }, description),
      sentences(offer, voice).map((sentence) => h('p', { part: 'step' }, sentence)),
      h('div', { class: 'end' }, h('span', { part: 'until', class: 'muted' }, validUntil ? voice.until(voice.date(validUntil)) : how), act),
    )
  }
}
