import type { Shopper } from '@regulars/client'
import { button, h } from './dom.ts'
import type { Voice } from './language.ts'
import { sentences } from './offer-steps.ts'
import { ShopperElement } from './shopper-element.ts'

type Coupon = Shopper['coupons'][number]

const CSS = `
:host{--space:18em}
.coupon{border-style:dashed}
code{font:inherit;letter-spacing:.05em;user-select:all}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-block-start:var(--gap)}
input{font:inherit;padding:.25em .6em;border:1px solid var(--muted);border-radius:var(--radius);background:var(--surface);color:inherit;flex:1;min-inline-size:0}
label{inline-size:100%}
`

/** The coupons of who is signed in, usable ones first, and a field for a code that they were given. */
export class CouponWalletElement extends ShopperElement {
  static readonly observedAttributes = ['all']
  readonly #input = h('input', {
    part: 'input',
    id: 'code',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    required: '',
  })
  readonly #label = h('label', { part: 'label', for: 'code' })
  readonly #submit = h('button', { part: 'claim' })
  readonly #form = h('form', { part: 'form' }, this.#label, this.#input, this.#submit)
  #voice: Voice | undefined

  constructor() {
    super(CSS)
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#claimTyped()
    })
    this.foot.prepend(this.#form)
    this.foot.hidden = true
  }

  protected draw(shopper: Shopper | null, voice: Voice): readonly Node[] | null {
    this.#voice = voice
    this.foot.hidden = shopper === null
    this.#label.textContent = voice.code
    this.#submit.textContent = voice.claim
    if (shopper === null) return null
    const shown = this.hasAttribute('all')
      ? shopper.coupons
      : shopper.coupons.filter(({ status }) => status === 'AVAILABLE' || status === 'HELD')
    if (shown.length === 0) return [h('p', { part: 'notice', class: 'muted' }, voice.noCoupons)]
    const cards = shown.map((coupon) => this.#card(coupon, shopper, voice))
    return [
      h(
        'div',
        { role: 'group', class: 'strip', part: 'strip', tabindex: '0', 'aria-label': voice.coupons },
        h('ul', { part: 'list' }, cards),
      ),
    ]
  }

  #card(coupon: Coupon, { offers }: Shopper, voice: Voice): HTMLElement {
    const { code, offerName, status, validUntil } = coupon
    const usable = status === 'AVAILABLE'
    // A coupon names its offer and says nothing of what it gives; where two offers are called alike neither is said.
    const same = offers.filter(({ name, trigger }) => name === offerName && trigger === 'CODE')
    const [offer] = same.length === 1 ? same : []
    return h(
      'li',
      { class: 'card coupon', part: `coupon ${status.toLowerCase()}` },
      h('strong', { part: 'name' }, offerName),
      offer && sentences(offer, voice).map((sentence) => h('p', { part: 'step' }, sentence)),
      h('p', { part: 'until', class: 'muted' }, validUntil && usable ? voice.until(voice.date(validUntil)) : voice.status[status]),
      h(
        'div',
        { class: 'end' },
        h('code', { part: 'code' }, code),
        usable && button('use', voice.use, { 'aria-label': `${voice.use}: ${offerName}, ${code}` }, () => this.#use(coupon, voice)),
      ),
    )
  }

  /** The page puts it into the cart, and says so by preventDefault; else the shopper has it to paste. */
  async #use(coupon: Coupon, voice: Voice): Promise<void> {
    if (!this.announce('regulars-apply-coupon', coupon, true)) return
    try {
      await navigator.clipboard.writeText(coupon.code)
      this.said.textContent = voice.copied(coupon.code)
    } catch {
      this.said.textContent = coupon.code
    }
  }

  async #claimTyped(): Promise<void> {
    if (this.#voice && (await this.claim(this.#input.value.trim(), this.#voice))) this.#input.value = ''
  }
}
