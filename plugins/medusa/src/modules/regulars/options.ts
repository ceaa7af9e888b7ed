import type { MedusaContainer } from '@medusajs/framework/types'
import { MedusaError } from '@medusajs/framework/utils'
import type { CustomerInput, ProductInput } from '@regulars/client'

/** What a Medusa customer is, as far as it is told. */
export type CustomerFacts = {
  readonly id: string
  readonly email: string | null
  readonly phone: string | null
  readonly metadata: Readonly<Record<string, unknown>> | null
  readonly groups: readonly string[]
}

/** What a variant is, as far as it is told. */
export type VariantFacts = {
  readonly id: string
  readonly sku: string
  readonly metadata: Readonly<Record<string, unknown>> | null
  readonly product: { readonly id: string; readonly handle: string; readonly metadata: Readonly<Record<string, unknown>> | null }
}

/** As a setPricingContext hook gets it: the cart, or its id. */
export type PricingContextInput = { readonly cart_id: string }

export type RegularsOptions = {
  /** The whole address of the storefront API: https://regulars.example.com/storefront/graphql */
  readonly endpoint: string
  /** A PLUGIN key. It stays on the server. */
  readonly key: string
  /** How long a page waits for prices before it shows list prices; 1,000 ms. */
  readonly timeoutMs?: number
  /** How long an act at checkout (reserve, commit) may take for each attempt; 3,000 ms. */
  readonly checkoutTimeoutMs?: number
  /** How long a reservation holds while the payment is authorised; 900 s. */
  readonly reserveSeconds?: number
  /** More to tell of a customer: a verified email, a birthday, consents. Nothing is taken for verified by itself. */
  readonly customer?: (facts: CustomerFacts) => Partial<CustomerInput>
  /** More to tell of a variant: brand, floor price, cost. */
  readonly product?: (facts: VariantFacts) => Partial<ProductInput>
  /** Your own pricing context: the hooks allow one handler each, and this plugin is it. */
  readonly pricingContext?: (
    input: PricingContextInput,
    container: MedusaContainer,
  ) => Promise<Record<string, unknown>> | Record<string, unknown>
}

/** A shop that is set up wrongly should not start. */
export function checkedOptions(options: Partial<RegularsOptions> | undefined): RegularsOptions {
  const { endpoint, key } = options ?? {}
  const wrong = (what: string) => new MedusaError(MedusaError.Types.INVALID_ARGUMENT, `@regulars/medusa: ${what}`)
  if (endpoint === undefined || !URL.canParse(endpoint))
    throw wrong('options.endpoint is the whole address of the storefront API, such as https://regulars.example.com/storefront/graphql.')
  if (key === undefined || key === '') throw wrong('options.key is a PLUGIN key of the shop.')
  return { ...options, endpoint, key }
}
