import type { PrivateLinkView } from '@regulars/client'
import { button, h, heard } from './dom.ts'
import { RegularsElement } from './element.ts'
import type { Voice } from './language.ts'
import type { Page } from './page.ts'

const CSS = `
:host{--space:10.5em}
.card{display:grid;gap:.5rem}
li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}
.less{color:var(--accent)}
s{font-size:.8em;margin-inline-start:.4em}
`

/** What a private link is for, to whom it is for. Whoever else comes with it sees what the page put into it. */
export class PrivateLinkElement extends RegularsElement<PrivateLinkView | null> {
  static readonly observedAttributes = ['token', 'param']

  constructor() {
    super(CSS)
    this.body.replaceChildren()
  }

  /** The attribute's, else the one in the page's address: `?privateLink=` (or the parameter that `param` names), `#privateLink=`, or alone after the #. */
  get token(): string {
    const given = this.getAttribute('token')
    if (given !== null) return given
    const name = this.getAttribute('param') ?? 'privateLink'
    const { search, hash } = location
    const alone = /^#([a-z0-9-]{1,40}\.[\w-]{43})$/.exec(hash)?.[1]
    return new URLSearchParams(search).get(name) ?? new URLSearchParams(hash.slice(1)).get(name) ?? alone ?? ''
  }
  set token(token: string) {
    this.setAttribute('token', token)
  }

  protected ask(page: Page): Promise<PrivateLinkView | null> | null {
    const { token } = this
    return token === '' ? null : page.privateLink(token)
  }

  /** What it shows instead is not for before. */
  protected override drawWaiting(): readonly Node[] {
    return []
  }

  protected draw(link: PrivateLinkView | null, voice: Voice): readonly Node[] | null {
    if (!link?.eligible) return null
    const { message, items, validUntil, usesLeft } = link
    const limits = [validUntil && voice.until(voice.date(validUntil)), usesLeft !== null && voice.usesLeft(usesLeft)]
    return [
      h(
        'div',
        { role: 'group', class: 'card', part: 'card', 'aria-label': voice.privateLink },
        message && h('p', { part: 'message' }, message),
        h(
          'ul',
          { part: 'list' },
          items.map((item) => this.#item(item, voice)),
        ),
        h(
          'div',
          { class: 'end' },
          h('span', { part: 'until', class: 'muted' }, limits.filter(Boolean).join(' · ')),
          button('take', voice.take, {}, () => this.announce('regulars-take-link', { token: this.token, items })),
        ),
      ),
    ]
  }

  #item({ sku, quantity, price, listPrice }: PrivateLinkView['items'][number], voice: Voice): HTMLElement {
    return h(
      'li',
      { part: 'item' },
      h('span', { part: 'name' }, `${voice.product(sku)}${quantity > 1 ? ` × ${quantity}` : ''}`),
      h(
        'span',
        {},
        heard(`${voice.yourPrice} `),
        h('span', { part: 'price', class: 'less' }, voice.price(price)),
        price !== listPrice && h('s', { part: 'list-price' }, heard(` ${voice.listPrice} `), voice.price(listPrice)),
      ),
    )
  }

  protected override tell(link: PrivateLinkView | null): void {
    if (link?.eligible) this.announce('regulars-private-link', { token: this.token, link })
  }
}
