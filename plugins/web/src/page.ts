import {
  type CartInput,
  type ClaimResult,
  claimCouponDocument,
  createTransport,
  dataOf,
  HOST,
  type MemberPrice,
  type Operation,
  type PrivateLinkView,
  privateLinkDocument,
  type Quote,
  quoteDocument,
  type Shopper,
  shopDocument,
  shopperDocument,
} from '@regulars/client'
import { createPrices } from './prices.ts'
import type { Settings } from './settings.ts'
import { ShopperToken } from './shopper-fetch.ts'

const MS = 2_000

/** What one page asked, so that it asks for nothing twice. Another shopper is another page. */
export class Page {
  readonly settings: Settings
  /** What this shopper pays for one of so many. */
  readonly price: (sku: string, quantity: number) => Promise<MemberPrice>
  readonly #ask: <Data, Variables>(document: Operation<Data, Variables>, variables: Variables) => Promise<Data>
  readonly #token: ShopperToken
  #shopper: Promise<Shopper | null> | undefined
  #currency: Promise<string> | undefined
  /** The last cart alone: elsewhere it would be another one soon. */
  #quoted: { readonly name: string; readonly quote: Promise<Quote> } | undefined

  constructor(settings: Settings) {
    const { endpoint, key, timeoutMs = MS, retries = 2, shopperToken } = settings
    this.settings = settings
    this.#token = new ShopperToken(shopperToken)
    const transport = createTransport({ endpoint, key, timeoutMs, retries, fetch: this.#token.fetch }, HOST)
    this.#ask = async (document, variables) => dataOf(await transport.send(document, variables))
    this.price = createPrices(transport, timeoutMs)
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
    this.#currency ??= currency ? Promise.resolve(currency) : this.#ask(shopDocument, {}).then(({ shop }) => shop.currency)
    this.#currency.catch(() => {
      this.#currency = undefined
    })
    return this.#currency
  }

  quote(cart: CartInput): Promise<Quote> {
    const name = JSON.stringify(cart)
    if (this.#quoted?.name !== name) this.#quoted = { name, quote: this.#ask(quoteDocument, { cart }).then((answer) => answer.quote) }
    const { quote } = this.#quoted
    quote.catch(() => {
      if (this.#quoted?.quote === quote) this.#quoted = undefined
    })
    return quote
  }

  async privateLink(token: string): Promise<PrivateLinkView | null> {
    return (await this.#ask(privateLinkDocument, { token })).privateLink
  }

  async claim(claimCode: string): Promise<ClaimResult> {
    return (await this.#ask(claimCouponDocument, { claimCode, idempotencyKey: HOST.unique() })).claimCoupon
  }

  async #askShopper(): Promise<Shopper | null> {
    return (await this.#token.get()) === null ? null : (await this.#ask(shopperDocument, {})).shopper
  }
}
