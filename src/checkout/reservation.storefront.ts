import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { toCustomerRef } from '../customers/customer.schema.ts'
import { instant } from '../kernel/clock.ts'
import { toStorefrontOrder } from '../orders/order.schema.ts'
import { toWantedCart } from './cart.view.ts'
import { commitReservation } from './commit.service.ts'
import { toQuoteView } from './quote.schema.ts'
import {
  CommitInput,
  CommitResult,
  ExtendResult,
  ReleaseInput,
  ReservationView,
  ReserveInput,
  ReserveResult,
  toReservationView,
} from './reservation.schema.ts'
import { extendReservation, readReservation, releaseReservation } from './reservation.service.ts'
import { reserve } from './reserve.service.ts'

@Resolver()
export class ReservationStorefront {
  @Authorized('PLUGIN')
  @Query(() => ReservationView, { nullable: true, description: 'As it stands now; null when there is none of this id. Plugin key.' })
  async reservation(
    @Arg('id', () => ID, { description: 'As reserve gave it.' }) id: string,
    @Ctx() { world }: ApiContext,
  ): Promise<ReservationView | null> {
    const found = await readReservation(world, id)
    return found && toReservationView(found)
  }

  @Authorized('PLUGIN')
  @Mutation(() => ReserveResult, {
    description:
      'Prices the cart by what the database says now, takes one use of everything limited in it and holds it for `ttlSeconds`: all or nothing. Plugin key.',
  })
  async reserve(
    @Arg('input', () => ReserveInput, { description: 'What is to be held, for whom, and what it may cost.' }) input: ReserveInput,
    @Ctx() { world }: ApiContext,
  ): Promise<typeof ReserveResult> {
    const { cart, customer, ttlSeconds, expectedTotal, idempotencyKey } = input
    const ref = customer ? unwrap(toCustomerRef(customer, 'input', 'customer')) : null
    const wanted = { cart: toWantedCart(cart), customer: ref, ttlSeconds: ttlSeconds ?? 900, expectedTotal }
    const reserved = unwrap(await reserve(world, wanted, idempotencyKey))
    switch (reserved.kind) {
      case 'RESERVED':
        return toReservationView(reserved.reservation)
      case 'PRICE_CHANGED':
        return { expectedTotal: reserved.expectedTotal, quote: toQuoteView(reserved.quote) }
      case 'UNAVAILABLE':
        return { code: reserved.code, reason: reserved.reason }
    }
  }

  @Authorized('PLUGIN')
  @Mutation(() => CommitResult, {
    description:
      'Turns a reservation into an order of its customer: once a reservation, and once an order. What may be won with it is drawn now; of an order that is CANCELLED nothing is. Plugin key.',
  })
  async commit(
    @Arg('input', () => CommitInput, { description: 'Which reservation becomes which order.' }) input: CommitInput,
    @Ctx() { world }: ApiContext,
  ): Promise<typeof CommitResult> {
    const { reservationId, orderExternalId, placedAt, status, idempotencyKey } = input
    const wanted = { reservationId, orderExternalId, placedAt: placedAt ? instant(placedAt) : null, status: status ?? 'PAID' } as const
    const done = unwrap(await commitReservation(world, wanted, idempotencyKey))
    return done.kind === 'COMMITTED' ? toStorefrontOrder(done.order) : { reservation: toReservationView(done.reservation) }
  }

  @Authorized('PLUGIN')
  @Mutation(() => ReservationView, {
    description: 'Gives a reservation back, once; one that was over before stays what it is. Plugin key.',
  })
  async release(
    @Arg('input', () => ReleaseInput, { description: 'What is to be given back.' }) input: ReleaseInput,
    @Ctx() { world }: ApiContext,
  ): Promise<ReservationView> {
    return toReservationView(unwrap(await releaseReservation(world, input.reservationId, input.idempotencyKey)))
  }

  @Authorized('PLUGIN')
  @Mutation(() => ExtendResult, { description: 'Moves the expiry of a held reservation to `ttlSeconds` from now. Plugin key.' })
  async extendReservation(
    @Arg('id', () => ID, { description: 'Of a held reservation.' }) id: string,
    @Arg('ttlSeconds', () => Int, { description: '60 to 86,400.' }) ttlSeconds: number,
    @Ctx() { world }: ApiContext,
  ): Promise<typeof ExtendResult> {
    const { kind, reservation } = unwrap(await extendReservation(world, id, ttlSeconds))
    return kind === 'EXTENDED' ? toReservationView(reservation) : { reservation: toReservationView(reservation) }
  }
}
