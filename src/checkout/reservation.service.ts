import { type Id, isUuid } from '../kernel/id.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { holdLinkUsesOf, restoreLinkUses } from '../links/usage.service.ts'
import { holdUsesOf, restore } from '../offers/usage.service.ts'
import { transact, type World } from '../shell/world.ts'
import { endHolds } from './expiry.service.ts'
import { earlierAct, type Keyed, rememberAct } from './idempotency.service.ts'
import type { Reservation } from './reservation.model.ts'
import { ttlFault } from './reservation.rules.ts'
import { endReservation, findReservation, holdReservation, moveExpiry } from './reservation.store.ts'

/** A reservation as it stands now: one that is over is written so by whoever first sees it. Null when there is none. */
export async function readReservation(world: World, id: string): Promise<Reservation | null> {
  if (!isUuid(id)) return null
  for (;;) {
    const found = await findReservation(world, id)
    if (!found?.isOver) return found
    await endHolds(world, { ids: [found.id] })
  }
}

/** The same of one that must be there. */
export async function getReservation(world: World, id: string): Promise<Reservation> {
  const found = await readReservation(world, id)
  if (found === null) throw new Error(`no reservation ${id}`)
  return found
}

export const unknownReservation = (...path: string[]): Problem => problem('NOT_FOUND', 'There is no such reservation in this shop.', path)

/** What an act on a hold comes to: done, or too late, with what the reservation is instead. */
export type Ended = { readonly kind: 'ENDED'; readonly reservation: Reservation }
export type Extended = { readonly kind: 'EXTENDED'; readonly reservation: Reservation } | Ended

/** Moves the expiry of a hold to so many seconds from now. */
export async function extendReservation(world: World, id: string, ttlSeconds: number): Promise<Result<Extended, Problem>> {
  const fault = ttlFault(ttlSeconds)
  if (fault !== null) return refuse(fault)
  const found = await readReservation(world, id)
  if (found === null) return refuse(unknownReservation('id'))
  const moved = await transact(world, async (tx) => {
    const held = await holdReservation(tx, found.id)
    const isHeld = held.status === 'HELD' && !held.isOver
    if (isHeld) await moveExpiry(tx, held.id, ttlSeconds)
    return accept(isHeld)
  })
  return accept({ kind: moved.ok && moved.value ? 'EXTENDED' : 'ENDED', reservation: await getReservation(world, found.id) })
}

/** Gives a hold back, once. One that was over before stays what it is, and that is the answer. */
export async function releaseReservation(world: World, id: string, key: string): Promise<Result<Reservation, Problem>> {
  const released = await transact(world, (tx) => tryRelease(tx, id, { operation: 'release', key, input: { reservationId: id } }))
  return released.ok ? accept(await getReservation(world, released.value)) : released
}

async function tryRelease(world: World, id: string, keyed: Keyed<'release'>): Promise<Result<Id<'Reservation'>, Problem>> {
  const earlier = await earlierAct(world, keyed)
  if (!earlier.ok) return earlier
  if (earlier.value !== null) return accept(earlier.value)
  const found = isUuid(id) ? await findReservation(world, id) : null
  if (found === null) return refuse(unknownReservation('input', 'reservationId'))
  const links = await holdLinkUsesOf(world, [found.id])
  const uses = await holdUsesOf(world, [found.id])
  const held = await holdReservation(world, found.id)
  if (held.status !== 'HELD') return accept(held.id)
  await endReservation(world, held.id, held.isOver ? 'EXPIRED' : 'RELEASED', null)
  await restore(world, uses)
  await restoreLinkUses(world, links)
  if (!held.isOver) await rememberAct(world, keyed, held.id)
  return accept(held.id)
}
