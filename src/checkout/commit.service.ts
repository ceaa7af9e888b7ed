import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { keepLinkUse } from '../links/usage.service.ts'
import { holdUsesOf } from '../offers/usage.service.ts'
import { isExternalId, MAX_EXTERNAL_ID, type Order, type OrderStatus } from '../orders/order.model.ts'
import { getOrder } from '../orders/order.service.ts'
import { type HeldOrder, holdOrder, Overtaken, undisturbed, writeCommitted } from '../orders/recording.service.ts'
import { newSeed } from '../shell/random.ts'
import { transact, type World } from '../shell/world.ts'
import { endHolds } from './expiry.service.ts'
import { earlierAct, type Keyed, rememberAct } from './idempotency.service.ts'
import type { Reservation } from './reservation.model.ts'
import { orderLines } from './reservation.rules.ts'
import { type Ended, getReservation, unknownReservation } from './reservation.service.ts'
import { endReservation, findReservation, holdReservation } from './reservation.store.ts'
import { restoreReturned } from './restoring.service.ts'
import { holdsMoney } from './surprise.rules.ts'
import { type DrawSeed, keepPerks } from './surprise.service.ts'

export type WantedCommit = {
  readonly reservationId: string
  readonly orderExternalId: string
  /** Null: as it was recorded, else now. */
  readonly placedAt: Instant | null
  readonly status: OrderStatus
}
export type Committed = { readonly kind: 'COMMITTED'; readonly order: Order } | Ended

type Attempt =
  | { readonly kind: 'COMMITTED'; readonly order: Order }
  | { readonly kind: 'DONE_BEFORE'; readonly orderId: string }
  | { readonly kind: 'ENDED'; readonly id: string }
  | { readonly kind: 'IS_OVER'; readonly id: string }

/**
 * Turns a hold into an order of its customer, with the statistics and what its surprises come to, in one transaction: once a
 * reservation, and once an order.
 */
export async function commitReservation(
  world: World,
  wanted: WantedCommit,
  key: string,
  drawSeed: DrawSeed = newSeed,
): Promise<Result<Committed, Problem>> {
  if (!isExternalId(wanted.orderExternalId))
    return refuse(
      problem('BAD_USER_INPUT', `orderExternalId must have 1 to ${MAX_EXTERNAL_ID} characters, none of them a control character.`, [
        'input',
        'orderExternalId',
      ]),
    )
  const keyed: Keyed<'commit'> = { operation: 'commit', key, input: wanted }
  for (;;) {
    const done = await undisturbed(() => transact(world, (tx) => tryCommit(tx, wanted, keyed, drawSeed)), ['input'])
    if (!done.ok) return done
    const { value } = done
    if (value.kind === 'COMMITTED') return accept(value)
    if (value.kind === 'DONE_BEFORE') return accept({ kind: 'COMMITTED', order: await getOrder(world, value.orderId) })
    if (value.kind === 'ENDED') return accept({ kind: 'ENDED', reservation: await getReservation(world, value.id) })
    await endHolds(world, { ids: [value.id] })
  }
}

async function tryCommit(
  world: World,
  wanted: WantedCommit,
  keyed: Keyed<'commit'>,
  drawSeed: DrawSeed,
): Promise<Result<Attempt, Problem>> {
  const earlier = await earlierAct(world, keyed)
  if (!earlier.ok) return earlier
  const found = earlier.value ?? wanted.reservationId
  const reservation = isUuid(found) ? await findReservation(world, found) : null
  if (reservation === null) return refuse(unknownReservation('input', 'reservationId'))
  if (earlier.value !== null) return accept(doneBefore(reservation))

  const place = await holdOrder(world, wanted.orderExternalId, reservation.customerId)
  // An order that is called off at once gives back, a surprise that is drawn mostly comes to less than was held for it: what
  // gives back is held before the reservation is.
  if (wanted.status === 'CANCELLED' || holdsMoney(reservation.quote)) await holdUsesOf(world, [reservation.id])
  const held = await holdReservation(world, reservation.id)
  if (held.customerId !== reservation.customerId) throw new Overtaken()
  if (held.status !== 'HELD') return accept({ kind: 'ENDED', id: held.id })
  if (held.isOver) return accept({ kind: 'IS_OVER', id: held.id })
  const order = await write(world, wanted, place, held, drawSeed)
  if (!order.ok) return order
  await rememberAct(world, keyed, held.id)
  return accept({ kind: 'COMMITTED', order: order.value })
}

function doneBefore({ orderId }: Reservation): Attempt {
  if (orderId === null) throw new Error('a commit is remembered that made no order')
  return { kind: 'DONE_BEFORE', orderId }
}

async function write(
  world: World,
  wanted: WantedCommit,
  place: HeldOrder,
  held: Reservation & { readonly at: Instant },
  drawSeed: DrawSeed,
): Promise<Result<Order, Problem>> {
  const placedAt = wanted.placedAt ?? place.before?.placedAt ?? held.at
  // A day, as for orders that are recorded.
  if (placedAt < 0 || placedAt > held.at + DAY_MS)
    return refuse(problem('BAD_USER_INPUT', 'placedAt must be from 1970 on, and at most a day from now.', ['input', 'placedAt']))
  const order = await writeCommitted(world, place, {
    externalId: wanted.orderExternalId,
    customerId: held.customerId ?? place.before?.customerId ?? null,
    placedAt: instant(placedAt),
    status: wanted.status,
    channel: place.before?.channel ?? null,
    lines: orderLines(held.quote),
  })
  if (!order.ok) return refuse({ ...order.problem, path: ['input', 'orderExternalId'] })
  await keepPerks(world, order.value, held, drawSeed)
  await endReservation(world, held.id, 'COMMITTED', order.value.id)
  await keepLinkUse(world, held.id)
  await restoreReturned(world, [order.value])
  return order
}
