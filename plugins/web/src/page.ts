import { type CartInput, createStorefront, type PriceAnswer, type Quote, type Shopper, type Storefront } from '@regulars/client'
import type { Settings } from './settings.ts'
import { ShopperToken } from './shopper-fetch.ts'

/** What one page asked, so that it asks for nothing twice. Another shopper is another page. */
export class Page {
  readonly settings: Settings
  readonly storefront: Storefront
  readonly #token: ShopperToken
  readonly #prices = new Map<string, Promise<PriceAnswer>>()
  #shopper: Promise<Shopper | null> | undefined
  #currency: Promise<string> | undefined
  /** The last cart alone: elsewhere it would be another one soon. */
  #quoted: { readonly name: string; readonly quote: Promise<Quote> } | undefined

  constructor(settings: Settings) {
    const { endpoint, key, timeoutMs, retries } = settings
    this.settings = settings
    this.#token = new ShopperToken(settings.shopperToken)
    this.storefront = createStorefront({
      endpoint,
      key,
      fetch: this.#token.fetch,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(retries === undefined ? {} : { retries }),
    })
  }

  price(sku: string, quantity: number): Promise<PriceAnswer> {
    const name = `${quantity} ${sku}`
    const known = this.#prices.get(name)
    if (known) return known
    // What is still being read brings more elements, and all of them are one request.
    const asked = wholeDocument().then(() => this.storefront.memberPrice({ sku, quantity }))
    this.#prices.set(name, asked)
    const forget = () => this.#prices.delete(name)
    asked.then((answer) => answer.answered || forget(), forget)
    return asked
  }

  /** Null: nobody is signed in. */
  shopper(): Promise<Shopper | null> {
    this.#shopper ??= this.#askShopper()
    this.#shopper.catch(() => this.forgetShopper())
    return this.#shopper
  }

  /** What they may have is other than it was. */
  forgetShopper(): void {
    this.#shopper = undefined
  }

  currency(): Promise<string> {
    const { currency } = this.settings
    this.#currency ??= currency ? Promise.resolve(currency) : this.storefront.shop().then((shop) => shop.currency)
    this.#currency.catch(() => {
      this.#currency = undefined
    })
    return this.#currency
  }

  quote(cart: CartInput): Promise<Quote> {
    const name = JSON.stringify(cart)
    if (this.#quoted?.name !== name) this.#quoted = { name, quote: this.storefront.quote({ cart }) }
    const { quote } = this.#quoted
    quote.catch(() => {
      if (this.#quoted?.quote === quote) this.#quoted = undefined
    })
    return quote
  }

  async #askShopper(): Promise<Shopper | null> {
    return (await this.#token.get()) === null ? null : this.storefront.shopper()
  }
}

function wholeDocument(): Promise<unknown> {
  if (document.readyState !== 'loading') return Promise.resolve()
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
}
