import type { MemberPrice } from '@regulars/client'
import { h, heard, nodes } from './dom.ts'
import { RegularsElement } from './element.ts'
import { languageOf, type Voice, voiceOf } from './language.ts'
import type { Page } from './page.ts'

// The line below the price is there from the first moment, so that nothing moves when it is filled.
const CSS = `
.line{white-space:nowrap;min-block-size:1lh}
.line s{font-size:.8em;margin-inline-start:.4em}
.less{color:var(--accent)}
.note{font-size:.8rem;line-height:1.5;block-size:1.5em;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;color:var(--muted)}
`

/** What this shopper pays for one unit of a product. Within it the page writes the list price. */
export class MemberPriceElement extends RegularsElement<MemberPrice> {
  static readonly observedAttributes = ['sku', 'quantity', 'list-price', 'next-tier', 'quantity-prices']

  #live: 'off' | 'polite' = 'off'

  constructor() {
    super(CSS)
  }

  get sku(): string {
    return this.getAttribute('sku') ?? ''
  }
  set sku(sku: string) {
    this.setAttribute('sku', sku)
  }

  get quantity(): number {
    return Number(this.getAttribute('quantity')) || 1
  }
  set quantity(quantity: number) {
    this.setAttribute('quantity', String(quantity))
  }

  /** In minor units, for a page that writes no price of its own. */
  get listPrice(): number | null {
    const given = this.getAttribute('list-price')
    return given && /^\d+$/.test(given) ? Number(given) : null
  }
  set listPrice(minor: number | null) {
    if (minor === null) this.removeAttribute('list-price')
    else this.setAttribute('list-price', String(minor))
  }

  /** What changes because of this element's own attributes is told to who cannot see it; what the whole page asks anew is not. */
  protected override changed(): void {
    this.#live = 'polite'
    super.changed()
  }

  override update(): void {
    this.body.setAttribute('aria-live', this.#live)
    this.#live = 'off'
    super.update()
  }

  protected ask(page: Page): Promise<MemberPrice> | null {
    if (this.sku === '') return null
    return page.price(this.sku, this.quantity)
  }

  protected draw(price: MemberPrice, voice: Voice): readonly (Node | string)[] {
    const less = price.saving > 0
    return this.#lines(
      [
        less && heard(`${voice.yourPrice} `),
        h('span', { part: less ? 'price member' : 'price', class: less ? 'less' : null }, voice.price(price.memberPrice)),
        less && h('s', { part: 'list-price' }, heard(` ${voice.listPrice} `), voice.price(price.listPrice)),
      ],
      [less && voice.saving(voice.amount(price.saving)), ...this.#more(price, voice)].filter(Boolean).join(' · '),
    )
  }

  #more(price: MemberPrice, voice: Voice): string[] {
    const next = this.hasAttribute('next-tier') ? price.nextTierPrice : null
    const breaks = this.hasAttribute('quantity-prices') ? price.quantityBreaks : []
    return [
      ...(next ? [voice.nextTierPrice(next.tier.name, voice.price(next.price))] : []),
      ...breaks.map((each) => voice.quantityPrice(String(each.minQuantity), voice.price(each.price))),
    ]
  }

  protected override tell(price: MemberPrice): void {
    this.announce('regulars-price', price)
  }

  protected override drawWaiting(page: Page): readonly (Node | string)[] {
    const { listPrice } = this
    const { currency } = page.settings
    if (this.hasLight() || listPrice === null || !currency) return this.#lines([this.light], '')
    return this.#lines(
      [h('span', { part: 'price' }, voiceOf(languageOf(this, page.settings), currency, page.settings).price(listPrice))],
      '',
    )
  }

  protected override drawFailed(page: Page): readonly (Node | string)[] {
    return this.drawWaiting(page)
  }

  #lines(line: Parameters<typeof nodes>[0], note: string): readonly (Node | string)[] {
    return [h('div', { class: 'line' }, line), h('div', { class: 'note', part: 'note' }, note)]
  }
}
