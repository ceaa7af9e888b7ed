import type { CartInput, Quote } from '@regulars/client'
import { h } from './dom.ts'
import { RegularsElement } from './element.ts'
import type { Voice } from './language.ts'
import type { Page } from './page.ts'

const CSS = `
:host{min-block-size:var(--regulars-reserve,calc(var(--most,1)*1.6em))}
li{line-height:1.6}
`

/** What is missing to the next steps of what a cart may have: "¥32 more for ¥30 off". */
export class CartStepsElement extends RegularsElement<Quote> {
  static readonly observedAttributes = ['cart', 'max']
  #cart: CartInput | null = null

  constructor() {
    super(CSS)
    this.body.setAttribute('role', 'status')
  }

  /** As a quote takes it; or that in JSON, as the attribute has it and as frameworks hand attributes on. */
  get cart(): CartInput | null {
    return this.#cart
  }
  set cart(cart: CartInput | string | null) {
    this.#cart = typeof cart === 'string' ? this.#read(cart) : cart
    this.changed()
  }

  /** How many are shown at the most, and room is kept for. */
  get max(): number {
    return Number(this.getAttribute('max')) || 1
  }
  set max(max: number) {
    this.setAttribute('max', String(max))
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (name === 'cart' && before !== after) this.#cart = this.#read(after)
    this.style.setProperty('--most', String(this.max))
    super.attributeChangedCallback(name, before, after)
  }

  #read(json: string | null): CartInput | null {
    try {
      return json ? JSON.parse(json) : null
    } catch (error) {
      this.announce('regulars-error', error)
      return null
    }
  }

  protected ask(page: Page): Promise<Quote> | null {
    return this.#cart?.lines?.length ? page.quote(this.#cart) : null
  }

  protected draw({ nextSteps }: Quote, voice: Voice): readonly Node[] {
    const shown = nextSteps.slice(0, this.max)
    return [
      h(
        'ul',
        { part: 'list', 'aria-label': voice.nextSteps },
        shown.map((step) => h('li', { part: 'step' }, sentence(step, voice))),
      ),
    ]
  }

  protected override drawFailed(): null {
    return null
  }

  protected override tell(quote: Quote): void {
    this.announce('regulars-quote', quote)
  }
}

function sentence({ missing, missingQuantity, amount, offerName }: Quote['nextSteps'][number], voice: Voice): string {
  const money = missing > 0 ? voice.amount(missing) : null
  const units = missingQuantity > 0 ? String(missingQuantity) : null
  return voice.toReach(voice.missing(money, units), amount > 0 ? voice.off(voice.amount(amount)) : offerName)
}
