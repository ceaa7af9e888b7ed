import type { Words } from './words.ts'

/** The shop's own server knows who is signed in, and asks Regulars for a token of theirs (`issueShopperToken`). Null: nobody is. */
export type TokenSource = () => Promise<string | null> | string | null

export type Settings = {
  /** The whole GraphQL address, as in https://regulars.shop.example/storefront/graphql. */
  readonly endpoint: string
  /** A PUBLISHABLE key. */
  readonly key: string
  /** Asked once a page, and once more when a token is over. Absent: every shopper is a guest. */
  readonly shopperToken?: TokenSource | undefined
  /** ISO 4217. Absent: asked of Regulars, a request more. */
  readonly currency?: string | undefined
  /** Where no element above says one by its `lang`. */
  readonly lang?: string | undefined
  /** Links and gifts name skus; this is what shoppers read instead. */
  readonly productName?: ((sku: string, lang: string) => string | undefined) | undefined
  /** Other words than ours. */
  readonly words?: { readonly en?: Partial<Words>; readonly zh?: Partial<Words> } | undefined
  /** Of one attempt. */
  readonly timeoutMs?: number | undefined
  readonly retries?: number | undefined
}
