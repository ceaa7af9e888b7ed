import type {
  ClaimCouponMutation,
  ClaimCouponMutationVariables,
  CommitInput,
  CommitMutation,
  ExtendReservationMutation,
  ExtendReservationMutationVariables,
  IssueShopperTokenMutation,
  IssueShopperTokenMutationVariables,
  MemberPriceFragment,
  MemberPricesQueryVariables,
  OrderFragment,
  OrderQueryVariables,
  PreferencesFragment,
  PrivateLinkQuery,
  PrivateLinkQueryVariables,
  QuoteFragment,
  QuoteQueryVariables,
  RecordCampaignEventsMutationVariables,
  RecordCustomerEventsMutationVariables,
  RecordOrdersMutationVariables,
  ReleaseInput,
  ReservationFragment,
  ReservationQueryVariables,
  ReserveInput,
  ReserveMutation,
  ReturnLinesMutation,
  ReturnLinesMutationVariables,
  SavePreferencesMutationVariables,
  ShopperQuery,
  ShopperQueryVariables,
  ShopQuery,
  UpsertCompaniesMutationVariables,
  UpsertCustomersMutation,
  UpsertCustomersMutationVariables,
  UpsertProductsMutationVariables,
} from './generated/storefront.ts'
import type { PriceAnswer, PriceAsked } from './member-price.ts'
import type { Operation } from './operation.ts'
import type { QuoteAnswer, QuoteAsked } from './quote-or-list.ts'
import type { CallOptions, SendOptions } from './transport.ts'

// What the methods answer with, by the names of the schema.
export type MemberPrice = MemberPriceFragment
export type Quote = QuoteFragment
export type Reservation = ReservationFragment
export type Order = OrderFragment
export type ReserveResult = ReserveMutation['reserve']
export type CommitResult = CommitMutation['commit']
export type ExtendResult = ExtendReservationMutation['extendReservation']
export type ClaimResult = ClaimCouponMutation['claimCoupon']
export type Return = ReturnLinesMutation['returnLines']
export type Shop = ShopQuery['shop']
export type Shopper = NonNullable<ShopperQuery['shopper']>
export type UpsertedCustomer = UpsertCustomersMutation['upsertCustomers'][number]
export type ShopperToken = IssueShopperTokenMutation['issueShopperToken']
export type PrivateLinkView = NonNullable<PrivateLinkQuery['privateLink']>
export type Preferences = PreferencesFragment

/** An input for which the client makes an idempotency key where there is none. */
export type Keyless<Input extends { idempotencyKey: string }> = Omit<Input, 'idempotencyKey'> & { idempotencyKey?: string | undefined }

type Method<Variables, Result> = (variables: Variables, call?: CallOptions) => Promise<Result>

export type Storefront = {
  /** Any operation of the storefront API, typed where the document is; all of that API may be sent twice. */
  readonly request: <Data, Variables>(document: Operation<Data, Variables>, variables: Variables, call?: SendOptions) => Promise<Data>

  /** What one unit costs this customer, or the list price. What is asked for in one tick is one request. Never throws. */
  readonly memberPrice: (asked: PriceAsked) => Promise<PriceAnswer>
  /** What a cart costs this customer, or comes to at list prices. Never throws. */
  readonly quoteOrList: (asked: QuoteAsked) => Promise<QuoteAnswer>

  /** At most 250 products, each as a cart of its own; null for a sku that the catalogue does not know. */
  readonly memberPrices: Method<MemberPricesQueryVariables, (MemberPrice | null)[]>
  /** Prices a cart and changes nothing. */
  readonly quote: Method<QuoteQueryVariables, Quote>
  /** A private link as its shopper sees it; null for a token that opens nothing. */
  readonly privateLink: Method<PrivateLinkQueryVariables, PrivateLinkView | null>
  /** Whoever is at the storefront: their tier, what they may have, their coupons; null when nobody is identified. */
  readonly shopper: (variables?: ShopperQueryVariables, call?: CallOptions) => Promise<Shopper | null>
  readonly shop: (call?: CallOptions) => Promise<Shop>
  readonly reservation: Method<ReservationQueryVariables, Reservation | null>
  readonly order: Method<OrderQueryVariables, Order | null>

  /** Prices the cart by what holds now, and holds what may run out. */
  readonly reserve: Method<Keyless<ReserveInput>, ReserveResult>
  /** Turns a reservation into an order: once a reservation, and once an order. Without a key it is named by the reservation. */
  readonly commit: Method<Keyless<CommitInput>, CommitResult>
  /** Gives a reservation back; one that was over before stays what it is. Without a key it is named by the reservation. */
  readonly release: Method<Keyless<ReleaseInput>, Reservation>
  /** Moves the expiry of a held reservation to `ttlSeconds` from now. */
  readonly extendReservation: Method<ExtendReservationMutationVariables, ExtendResult>
  /** Takes returned units off an order, for what they cost. */
  readonly returnLines: Method<ReturnLinesMutationVariables, Return>
  /** Takes a coupon of an offer that may be claimed. */
  readonly claimCoupon: Method<Keyless<ClaimCouponMutationVariables>, ClaimResult>

  /** Orders without a reservation: other channels, history, an outage. At most 500. */
  readonly recordOrders: Method<RecordOrdersMutationVariables, Order[]>
  /** At most 500. */
  readonly upsertCustomers: Method<UpsertCustomersMutationVariables, UpsertedCustomer[]>
  /** At most 1,000; how many is the answer. */
  readonly upsertProducts: Method<UpsertProductsMutationVariables, number>
  /** At most 500; how many is the answer. */
  readonly upsertCompanies: Method<UpsertCompaniesMutationVariables, number>
  /** Complaints, deliveries, refunds: what keeps marketing away while it lasts. At most 500; how many are new is the answer. */
  readonly recordCustomerEvents: Method<RecordCustomerEventsMutationVariables, number>
  /** With it a browser reads as this customer. */
  readonly issueShopperToken: Method<IssueShopperTokenMutationVariables, ShopperToken>
  /** How a shopper wants to be spoken to; null when nobody is identified. */
  readonly savePreferences: Method<SavePreferencesMutationVariables, Preferences | null>
  /** What a shopper saw, clicked or dismissed of campaigns; how much of it was new is the answer. */
  readonly recordCampaignEvents: Method<RecordCampaignEventsMutationVariables, number>
}
