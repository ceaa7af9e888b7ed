import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import type { CartLink } from '../pricing/cart.ts'
import { holdsCustomer } from '../segments/customer-query.service.ts'
import type { World } from '../shell/world.ts'
import type { Shop } from '../shops/shop.model.ts'
import type { EndedBy, LinkRefusal, PrivateLink } from './link.model.ts'
import { isOpen, toCartLink, whyClosed } from './link.rules.ts'
import { findNearest, openAtDoor } from './link.store.ts'
import { names } from './link-people.store.ts'
import { countUsesBy } from './link-use.store.ts'
import { countUsesThen, findLinkThen } from './past-link.store.ts'
import { hashToken, pageOf, shopOfToken } from './token.rules.ts'

/**
 * Who holds a token, and when. `reserving`: what is counted by customer is given to nobody who is not known. `isPast`:
 * the link is looked at as it stood then.
 */
export type Holder = {
  readonly shop: Shop
  readonly customerId: string | null
  readonly at: Instant
  readonly reserving: boolean
  readonly isPast?: boolean
}

/** Who reserves has seen to it that no hold is over by that instant; one that ends while they look still holds. */
const endedBy = ({ reserving, at }: Holder): EndedBy => (reserving ? at : null)

/** A token in a cart: what the engine prices with; the link; and why it is not open to this shopper, else null. */
export type LinkInCart = { readonly cartLink: CartLink; readonly link: PrivateLink | null; readonly refusal: LinkRefusal | null }

/** What a token is to a shopper. */
export async function linkInCart(world: World, token: string, holder: Holder): Promise<LinkInCart> {
  const hash = hashToken(token)
  const found = await (holder.isPast ? findLinkThen(world, hash, holder.at) : findNearest(world, hash, holder.at, endedBy(holder)))
  const link = found?.isMeant ? found.link : null
  const refusal = link === null ? 'UNKNOWN' : await whyNot(world, link, holder)
  return { cartLink: toCartLink(link, refusal), link, refusal }
}

async function whyNot(world: World, link: PrivateLink, holder: Holder): Promise<LinkRefusal | null> {
  const closed = whyClosed(link, holder.at)
  if (closed !== null) return closed
  if (!(await isFor(world, link, holder))) return 'NOT_FOR_THEM'
  if (link.status === 'USED_UP') return 'USED_UP'
  if (link.maxUsesPerCustomer === null) return null
  if (holder.customerId === null) return holder.reserving ? 'NOT_FOR_THEM' : null
  return (await usesOf(world, link.id, holder.customerId, holder)) >= link.maxUsesPerCustomer ? 'USED_UP' : null
}

const usesOf = (world: World, linkId: string, customerId: string, holder: Holder): Promise<number> =>
  holder.isPast ? countUsesThen(world, linkId, customerId, holder.at) : countUsesBy(world, linkId, customerId, endedBy(holder))

/** Named, or in the audience; without both it is for whoever holds it. Nobody who is not known is either. */
async function isFor(world: World, link: PrivateLink, { shop, customerId, at }: Holder): Promise<boolean> {
  if (!link.namesPeople && link.audience === null) return true
  if (customerId === null) return false
  if (link.namesPeople && (await names(world, link.id, customerId))) return true
  return link.audience !== null && holdsCustomer(world, shop, link.audience, customerId, at)
}

/** A link as its shopper may look at it. `usesLeft` null: as often as they like. */
export type Viewed = LinkInCart & { readonly link: PrivateLink; readonly isForThem: boolean; readonly usesLeft: number | null }

/** Null for a token that is unknown, and for one whose link is called back, over, used up or has not begun: all cost the same. */
export async function viewLink(world: World, token: string, holder: Holder): Promise<Viewed | null> {
  const found = await findNearest(world, hashToken(token), holder.at, endedBy(holder))
  const isThere = found !== null && isOpen(found.link, holder.at) && found.isMeant
  if (!isThere) return null
  const { link } = found
  const refusal = await whyNot(world, link, holder)
  const left = await usesLeft(world, link, holder.customerId)
  return { cartLink: toCartLink(link, refusal), link, refusal, isForThem: refusal !== 'NOT_FOR_THEM', usesLeft: left }
}

async function usesLeft(
  world: World,
  { id, uses, maxUses, maxUsesPerCustomer }: PrivateLink,
  customerId: string | null,
): Promise<number | null> {
  const inAll = maxUses === null ? Number.POSITIVE_INFINITY : maxUses - uses
  const had = maxUsesPerCustomer === null || customerId === null ? 0 : await countUsesBy(world, id, customerId, null)
  const left = Math.min(inAll, maxUsesPerCustomer === null ? Number.POSITIVE_INFINITY : Math.max(0, maxUsesPerCustomer - had))
  return left === Number.POSITIVE_INFINITY ? null : left
}

/**
 * Where who comes with a token is sent on; null for one that opens nothing, for whichever reason. `counts`: that it was
 * opened is counted. The token names its shop, so nobody else needs to.
 */
export async function followLink(em: EntityManager, token: string, at: Instant, counts: boolean): Promise<string | null> {
  const door = await openAtDoor(em, { shopCode: shopOfToken(token), hash: hashToken(token), at, counts })
  return door && pageOf(door, token)
}
