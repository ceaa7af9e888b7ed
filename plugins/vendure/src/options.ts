import type { CustomerInput, ProductInput } from '@regulars/client'
import type { Customer, ProductVariant } from '@vendure/core'

/** Where a channel's shop is, and by which key this server may speak for it. */
export interface EngineAddress {
  /** The storefront API of the engine: the whole address, as in https://regulars.example.com/storefront/graphql. */
  endpoint?: string
  /** A PLUGIN key. It stays on the server. */
  key: string
}

export interface RegularsOptions extends Required<EngineAddress> {
  /** By channel code: a channel that is another shop of Regulars, or (false) none. Every other channel is the shop of `key`. */
  channels?: Record<string, EngineAddress | false>
  /** How long a shopper waits for the engine before there are list prices; 800. */
  timeoutMs?: number
  /** How long nobody asks an engine that did not answer; 5,000. */
  pauseMs?: number
  /** How long a cart that is about to be paid holds what it uses; 60 to 86,400, default 1,800. */
  reservationSeconds?: number
  /** What besides is told of a product: brand, cost price, floor price, ... The variant has its product, facet values and collections. */
  product?: (variant: ProductVariant) => Partial<ProductInput>
  /** What besides is told of a customer: language, consents, attributes, ... */
  customer?: (customer: Customer) => Partial<CustomerInput>
}

export type Settings = Required<Omit<RegularsOptions, 'product' | 'customer'>> & Pick<RegularsOptions, 'product' | 'customer'>

export const SETTINGS = Symbol('REGULARS_SETTINGS')
export const LOGS = 'Regulars'

export function settingsOf(options: RegularsOptions): Settings {
  return { channels: {}, timeoutMs: 800, pauseMs: 5_000, reservationSeconds: 1_800, ...options }
}
