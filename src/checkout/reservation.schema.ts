import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime, Money } from '../api/shared/scalars.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import type { Minor } from '../kernel/money.ts'
import { OrderStatus, StorefrontOrder } from '../orders/order.schema.ts'
import { CartInput } from './cart.schema.ts'
import { QuoteView, toQuoteView } from './quote.schema.ts'
import type { Reservation } from './reservation.model.ts'

export enum ReservationStatus {
  HELD = 'HELD',
  COMMITTED = 'COMMITTED',
  RELEASED = 'RELEASED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(ReservationStatus, {
  name: 'ReservationStatus',
  description: 'What became of a reservation.',
  valuesConfig: {
    HELD: { description: 'It holds what it uses, until it expires.' },
    COMMITTED: { description: 'It became an order.' },
    RELEASED: { description: 'It was given back.' },
    EXPIRED: { description: 'Its time was over, and all was given back.' },
  },
})

export enum UnavailableReason {
  UNKNOWN = 'UNKNOWN',
  NOT_LIVE = 'NOT_LIVE',
  NOT_FIRST_ORDER = 'NOT_FIRST_ORDER',
  LIMIT_REACHED = 'LIMIT_REACHED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
  NOT_ELIGIBLE = 'NOT_ELIGIBLE',
}
registerEnumType(UnavailableReason, {
  name: 'UnavailableReason',
  description: 'Why something cannot be had.',
  valuesConfig: {
    UNKNOWN: { description: 'Nothing has this code.' },
    NOT_LIVE: { description: 'It is not published, or not at this time.' },
    NOT_FIRST_ORDER: { description: 'It is for first orders.' },
    LIMIT_REACHED: { description: 'Nothing of it is left.' },
    EXPIRED: { description: 'Its time is over.' },
    REVOKED: { description: 'It was called back.' },
    NOT_ELIGIBLE: { description: 'It is for others.' },
  },
})

@InputType('ReserveInput', { description: 'A cart that is about to be paid.' })
export class ReserveInput {
  @Field(() => CartInput, { description: 'As it was quoted; at least one line.' }) cart!: CartInput
  @Field(() => CustomerRefInput, { nullable: true, description: 'Whose it is; absent: nobody is identified.' })
  customer?: CustomerRefInput | null
  @Field(() => String, { description: '8 to 128 printable characters; kept 30 days. The same key with the same input is one act.' })
  idempotencyKey!: string
  @Field(() => Int, { nullable: true, defaultValue: 900, description: 'How long it holds; 60 to 86,400 seconds.' })
  ttlSeconds?: number | null
  @Field(() => Money, { description: 'The total that the shopper was shown.' }) expectedTotal!: Minor
}

@InputType('CommitInput', { description: 'A reservation that was paid, and the order that it is.' })
export class CommitInput {
  @Field(() => ID, { description: 'Of a held reservation.' }) reservationId!: string
  @Field(() => String, { description: 'By which the shop knows the order; 1 to 200 characters. One that was recorded already is adopted.' })
  orderExternalId!: string
  @Field(() => DateTime, {
    nullable: true,
    description: 'From 1970 on, at most a day from now. Absent: as it was recorded, else now by the clock of the database.',
  })
  placedAt?: Date | null
  @Field(() => OrderStatus, { nullable: true, defaultValue: OrderStatus.PAID, description: 'How far the order is.' })
  status?: OrderStatus | null
  @Field(() => String, { description: '8 to 128 printable characters; kept 30 days. The same key with the same input is one act.' })
  idempotencyKey!: string
}

@InputType('ReleaseInput', { description: 'A reservation that nobody needs any more.' })
export class ReleaseInput {
  @Field(() => ID, { description: 'Which reservation.' }) reservationId!: string
  @Field(() => String, { description: '8 to 128 printable characters; kept 30 days. The same key with the same input is one act.' })
  idempotencyKey!: string
}

@ObjectType('Reservation', { description: 'A priced cart that holds what it uses.', simpleResolvers: true })
export class ReservationView {
  @Field(() => ID, { description: 'For commit, release and extendReservation.' }) id!: string
  @Field(() => ReservationStatus, { description: 'What became of it.' }) status!: Reservation['status']
  @Field(() => QuoteView, { description: 'As it was priced when it was made.' }) quote!: QuoteView
  @Field(() => DateTime, { description: 'Until when it holds, by the clock of the database.' }) expiresAt!: Date
}

@ObjectType('PriceChanged', { description: 'The cart costs something else than the shopper was shown.', simpleResolvers: true })
export class PriceChangedView {
  @Field(() => Money, { description: 'What the shopper was shown.' }) expectedTotal!: Minor
  @Field(() => QuoteView, { description: 'What it costs now.' }) quote!: QuoteView
}

@ObjectType('OfferUnavailable', { description: 'Something that was asked for by its code cannot be had.', simpleResolvers: true })
export class OfferUnavailableView {
  @Field(() => String, { description: 'As it stood in the cart.' }) code!: string
  @Field(() => UnavailableReason, { description: 'Why.' }) reason!: keyof typeof UnavailableReason
}

@ObjectType('ReservationEnded', { description: 'The reservation was over before.', simpleResolvers: true })
export class ReservationEndedView {
  @Field(() => ReservationView, { description: 'As it stands.' }) reservation!: ReservationView
}

export const ReserveResult = createUnionType({
  name: 'ReserveResult',
  description: 'What comes of reserving.',
  types: () => [ReservationView, PriceChangedView, OfferUnavailableView] as const,
  resolveType: (value) => ('expectedTotal' in value ? PriceChangedView : 'reason' in value ? OfferUnavailableView : ReservationView),
})
export const CommitResult = createUnionType({
  name: 'CommitResult',
  description: 'What comes of committing.',
  types: () => [StorefrontOrder, ReservationEndedView] as const,
  resolveType: (value) => ('reservation' in value ? ReservationEndedView : StorefrontOrder),
})
export const ExtendResult = createUnionType({
  name: 'ExtendResult',
  description: 'What comes of extending.',
  types: () => [ReservationView, ReservationEndedView] as const,
  resolveType: (value) => ('reservation' in value ? ReservationEndedView : ReservationView),
})

export const toReservationView = ({ id, status, quote, expiresAt }: Reservation): ReservationView => ({
  id,
  status,
  quote: toQuoteView(quote),
  expiresAt: new Date(expiresAt),
})
