import type {
  CommitMutation,
  MemberPriceFragment,
  OrderFragment,
  PrivateLinkQuery,
  QuoteFragment,
  ReservationFragment,
  ReserveMutation,
  ReturnLinesMutation,
  ShopperQuery,
  ShopQuery,
} from './generated/storefront.ts'

// What the methods answer with, by the names of the schema.
export type MemberPrice = MemberPriceFragment
export type Quote = QuoteFragment
export type Reservation = ReservationFragment
export type Order = OrderFragment
export type ReserveResult = ReserveMutation['reserve']
export type CommitResult = CommitMutation['commit']
export type Return = ReturnLinesMutation['returnLines']
export type Shop = ShopQuery['shop']
export type Shopper = NonNullable<ShopperQuery['shopper']>
export type PrivateLinkView = NonNullable<PrivateLinkQuery['privateLink']>
