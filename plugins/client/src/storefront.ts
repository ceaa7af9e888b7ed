import { RegularsError } from './error.ts'
import type { OnFallback } from './fallback.ts'
import {
  type CartInput,
  type CustomerRef,
  claimCouponDocument,
  commitDocument,
  extendReservationDocument,
  issueShopperTokenDocument,
  memberPricesDocument,
  orderDocument,
  privateLinkDocument,
  quoteDocument,
  recordCampaignEventsDocument,
  recordCustomerEventsDocument,
  recordOrdersDocument,
  releaseDocument,
  reservationDocument,
  reserveDocument,
  returnLinesDocument,
  savePreferencesDocument,
  shopDocument,
  shopperDocument,
  upsertCompaniesDocument,
  upsertCustomersDocument,
  upsertProductsDocument,
} from './generated/storefront.ts'
import { HOST, type Host } from './host.ts'
import { createMemberPrice } from './member-price.ts'
import type { Operation } from './operation.ts'
import { createQuoteOrList } from './quote-or-list.ts'
import { type CallOptions, createTransport, dataOf, type SendOptions, type TransportOptions } from './transport.ts'
import type { Storefront } from './types.ts'

export type { ErrorCode } from './error.ts'
export type * from './generated/storefront.ts'
export type { PriceAnswer, PriceAsked } from './member-price.ts'
export type { Operation } from './operation.ts'
export type { QuoteAnswer, QuoteAsked } from './quote-or-list.ts'
export type { CallOptions } from './transport.ts'
export type * from './types.ts'
// For a page that loads no more than it asks for: the way to the engine, and the questions one by one.
export {
  claimCouponDocument,
  createTransport,
  dataOf,
  HOST,
  memberPricesDocument,
  privateLinkDocument,
  quoteDocument,
  RegularsError,
  shopDocument,
  shopperDocument,
}

type Token = string | null | undefined

export type StorefrontOptions = TransportOptions & {
  /** Browsers: what issueShopperToken gave, or how to come by it. */
  readonly shopperToken?: Token | (() => Token | Promise<Token>)
  /** PLUGIN keys: who is meant where a call names nobody. */
  readonly customer?: CustomerRef
  /** How long memberPrice and quoteOrList may take, all attempts together, before list prices are given; as timeoutMs. */
  readonly fallbackAfterMs?: number
  /** Told whenever list prices are given, once a request. Log it. */
  readonly onFallback?: OnFallback
}

type MayName = { customer?: CustomerRef | null | undefined }

const BULK_MS = 30_000

/** A client of the storefront API, for a server with a PLUGIN key or a browser with a PUBLISHABLE one. */
export function createStorefront(options: StorefrontOptions, host: Host = HOST): Storefront {
  const { customer: usual, timeoutMs = 2_000, fallbackAfterMs = timeoutMs, onFallback = () => {}, shopperToken } = options
  const isTrusted = !options.key.startsWith('regulars_publishable_')
  const transport = createTransport(options, host, async () => {
    const token = typeof shopperToken === 'function' ? await shopperToken() : shopperToken
    return token == null ? {} : { 'x-shopper-token': token }
  })

  const request = async <Data, Variables>(document: Operation<Data, Variables>, variables: Variables, call?: SendOptions) =>
    dataOf(await transport.send(document, variables, call))

  /** Asks unless that was in vain just now, and no longer than a page may wait. */
  const askInTime: typeof transport.send = async (document, variables) => {
    const refusal = transport.breaker.refusal()
    return refusal === null ? transport.send(document, variables, { withinMs: fallbackAfterMs }) : { data: null, errors: [refusal] }
  }

  /** The method of an operation: its variables in, its one field out. */
  const method =
    <Data extends object, Variables>(document: Operation<Data, Variables>) =>
    async (variables: Variables, call?: CallOptions): Promise<Data[keyof Data]> =>
      Object.values(await request(document, variables, call))[0]

  /** One that is about a customer: the usual one where none is named. */
  const personal = <Data extends object, Variables extends MayName>(document: Operation<Data, Variables>) => {
    const ask = method(document)
    return (variables: Variables, call?: CallOptions) => ask(named(variables), call)
  }

  /** One that takes hundreds of things at once: nobody waits for it at a till. */
  const bulky = <Data extends object, Variables>(document: Operation<Data, Variables>) => {
    const ask = method(document)
    return (variables: Variables, call?: CallOptions) => ask(variables, { timeoutMs: Math.max(timeoutMs, BULK_MS), ...call })
  }

  const named = <Variables extends MayName>(variables: Variables): Variables =>
    variables.customer === undefined ? { ...variables, customer: usual } : variables
  const keyed = <Input extends { idempotencyKey?: string | undefined }>(input: Input, key: string) => ({
    ...input,
    idempotencyKey: input.idempotencyKey ?? key,
  })
  const priced = (cart: CartInput): CartInput =>
    isTrusted ? cart : { ...cart, lines: cart.lines.map(({ listPrice: _, ...line }) => line) }

  const claim = personal(claimCouponDocument)
  const reserve = method(reserveDocument)
  const commit = method(commitDocument)
  const release = method(releaseDocument)
  const shopper = personal(shopperDocument)
  const shop = method(shopDocument)

  return {
    request,

    // What a shopper waits for.
    memberPrice: createMemberPrice(
      (items, customer = usual) => askInTime(memberPricesDocument, { items, customer }),
      isTrusted,
      onFallback,
    ),
    quoteOrList: createQuoteOrList((cart, customer = usual) => askInTime(quoteDocument, { cart: priced(cart), customer }), onFallback),

    // Reads.
    memberPrices: async (variables, call) => {
      const { data, errors } = await transport.send(memberPricesDocument, named(variables), call)
      return dataOf({ data, errors: errors.filter(({ code }) => data === null || code !== 'UNKNOWN_SKU') }).memberPrices
    },
    quote: personal(quoteDocument),
    privateLink: personal(privateLinkDocument),
    shopper: (variables = {}, call) => shopper(variables, call),
    shop: (call) => shop({}, call),
    reservation: method(reservationDocument),
    order: method(orderDocument),

    // Checkout: one act a key, and of each reservation one commit and one release.
    reserve: (input, call) => reserve({ input: named(keyed(input, host.unique())) }, call),
    commit: (input, call) => commit({ input: keyed(input, `commit-${input.reservationId}`) }, call),
    release: (input, call) => release({ input: keyed(input, `release-${input.reservationId}`) }, call),
    extendReservation: method(extendReservationDocument),
    returnLines: method(returnLinesDocument),
    claimCoupon: (variables, call) => claim(keyed(variables, host.unique()), call),

    // What the shop tells: the same told twice is told once.
    recordOrders: bulky(recordOrdersDocument),
    upsertCustomers: bulky(upsertCustomersDocument),
    upsertProducts: bulky(upsertProductsDocument),
    upsertCompanies: bulky(upsertCompaniesDocument),
    recordCustomerEvents: bulky(recordCustomerEventsDocument),
    issueShopperToken: method(issueShopperTokenDocument),
    savePreferences: personal(savePreferencesDocument),
    recordCampaignEvents: personal(recordCampaignEventsDocument),
  }
}
