import type { Quote } from '../pricing/quote.ts'
import type { World } from '../shell/world.ts'
import { holdBookAsItIs } from '../shops/shop.service.ts'
import type { HeldUse } from './link.model.ts'
import { holdByHash } from './link.store.ts'
import { findHeldUses, giveBack, holdLinks, insertUse, keepUse } from './link-use.store.ts'
import { hashToken } from './token.rules.ts'

// Links are held after the book and before what offers have given, whoever holds: a cart's link is known before its offers are.

/** Holds the link of a token until the transaction ends; which it is, none for an unknown one. Who calls it holds the book. */
export async function holdLinkOf(world: World, token: string | null): Promise<readonly string[]> {
  const id = token === null ? null : await holdByHash(world, hashToken(token))
  return id === null ? [] : [id]
}

/** Takes the use of a link that a priced cart makes, if it makes one; who calls it holds the link. */
export async function takeLinkUse(world: World, reservationId: string, quote: Quote): Promise<void> {
  const use = quote.uses.find(({ kind }) => kind === 'PRIVATE_LINK')
  if (use !== undefined) await insertUse(world, { linkId: use.code, reservationId, taken: use.taken, lineIds: use.lineIds })
}

/** The uses that these reservations hold, with their links held: before what their offers have given is, and they themselves. */
export async function holdLinkUsesOf(world: World, reservationIds: readonly string[]): Promise<HeldUse[]> {
  const uses = await findHeldUses(world, reservationIds)
  if (uses.length === 0) return []
  await holdBookAsItIs(world)
  await holdLinks(
    world,
    uses.map(({ linkId }) => linkId),
  )
  return uses
}

/** Gives uses back, each once; who calls it holds the links. An order's use never comes back. */
export async function restoreLinkUses(world: World, uses: readonly HeldUse[]): Promise<void> {
  if (uses.length > 0) await giveBack(world, uses)
}

/** What a reservation holds of a link is its order's now. */
export const keepLinkUse = (world: World, reservationId: string): Promise<void> => keepUse(world, reservationId)
