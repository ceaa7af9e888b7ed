import type { EntityManager } from '@mikro-orm/postgresql'
import { trace } from '../audit/audit.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { isCurrency } from '../kernel/currency.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isTimeZone } from '../kernel/zone.ts'
import { Fresh } from '../shell/fresh.ts'
import { slot } from '../shell/memory.ts'
import { transact, type World } from '../shell/world.ts'
import {
  bumpBookVersion,
  findEdition,
  findPastEdition,
  findVersionAt,
  listVersions,
  lockBook,
  noteInVersion,
  setUntil,
  shareBook,
} from './book-version.store.ts'
import {
  type BookEdition,
  type BookSettings,
  type BookVersion,
  bookSettings,
  type PastEdition,
  type Shop,
  type ShopChange,
  type TierThen,
} from './shop.model.ts'
import { change, isShopCode } from './shop.rules.ts'
import { findShopByCode, getShop, holdShop, holdsMoney, insertShop, listShops, saveShop } from './shop.store.ts'

const SHOPS = slot(() => new Fresh<Shop>(1_000))
const EDITIONS = slot(() => new Fresh<BookEdition>(1_000))

/** The shop's settings, at most a second old. */
export async function readShop(world: World): Promise<Shop> {
  const shop = await world.memory.of(SHOPS).get(String(world.shopId), () => getShop(world))
  if (shop === null) throw new Error(`no shop ${world.shopId}`)
  return shop
}

/** The shop's settings as they are in the database now. */
export const currentShop = (world: World): Promise<Shop> => getShop(world)

export const findShop = (em: EntityManager, code: string): Promise<Shop | null> => findShopByCode(em, code)
export const allShops = (em: EntityManager): Promise<Shop[]> => listShops(em)

/** Adds a shop with nothing in it. Refused when the code is taken or a setting is not one. */
export async function openShop(
  em: EntityManager,
  wanted: { code: string; name: string; currency: string; timeZone: string },
  now: Instant,
): Promise<Result<Shop, Problem>> {
  if (!isShopCode(wanted.code))
    return refuse(
      problem('BAD_USER_INPUT', 'A shop code has 1 to 40 lower-case letters, digits and dashes, and begins with no dash.', ['code']),
    )
  if (!isCurrency(wanted.currency))
    return refuse(problem('BAD_USER_INPUT', `"${wanted.currency}" is not a currency code of ISO 4217.`, ['currency']))
  if (!isTimeZone(wanted.timeZone))
    return refuse(problem('BAD_USER_INPUT', `"${wanted.timeZone}" is not an IANA time zone such as Asia/Shanghai.`, ['timeZone']))
  if (await findShopByCode(em, wanted.code)) return refuse(problem('CODE_TAKEN', `There is a shop "${wanted.code}" already.`, ['code']))
  const shop = await insertShop(em, wanted, now)
  return shop ? accept(shop) : refuse(problem('CODE_TAKEN', `There is a shop "${wanted.code}" already.`, ['code']))
}

/**
 * Changes the shop's settings; what is not named stays. `settle` lets later domains follow a change in the same
 * transaction (orders count anew when the shop counts them otherwise).
 */
export function updateShop(
  world: World,
  wanted: ShopChange,
  settle: (world: World, before: Shop, after: Shop) => Promise<void>,
): Promise<Result<Shop, Problem>> {
  return transact(world, async (tx) => {
    const before = await holdShop(tx)
    const decision = change(before, wanted, await holdsMoney(tx))
    if (!decision.ok) return decision
    await saveShop(tx, decision.value)
    await settle(tx, before, decision.value)
    await renewBook(tx, { settings: bookSettings(decision.value) })
    await trace(tx, { action: 'updateShop', target: `shop/${before.code}`, before, after: decision.value })
    tx.afterCommit(() => tx.memory.of(SHOPS).dropAll())
    return accept(decision.value)
  })
}

/** The newest version of the shop's price book and when it ends, at most a second old; at once where this process changed it. */
export async function bookEdition(world: World): Promise<BookEdition> {
  return (await world.memory.of(EDITIONS).get(String(world.shopId), () => findEdition(world))) ?? { version: 1, until: null }
}

/** The newest edition as it is in the database now. */
export const currentEdition = (world: World): Promise<BookEdition | null> => findEdition(world)

type Changed = { readonly settings?: BookSettings; readonly tiers?: readonly TierThen[] }

/**
 * Says that what a price follows from has changed: the book has another version from now on, or since the instant that was
 * set for it. Whoever else changes it waits until this transaction ends.
 */
export async function renewBook(world: World, changed: Changed = {}, since: Instant | null = null): Promise<BookVersion> {
  const version = await bumpBookVersion(world, since)
  if (changed.settings !== undefined || changed.tiers !== undefined) await noteInVersion(world, version.version, changed)
  forgetEdition(world)
  return version
}

/** Keeps what settings or tiers are since a version that this transaction made. */
export const noteInBook = (world: World, { version }: BookVersion, changed: Changed): Promise<void> =>
  noteInVersion(world, version, changed)

/** Says when the next publication is due; null: none waits. Who calls it holds the book. */
export async function setBookUntil(world: World, until: Instant | null): Promise<void> {
  await setUntil(world, until)
  forgetEdition(world)
}

/** For who knows that what is remembered of the book's version is over: once this transaction ends, or at once outside one. */
export const forgetEdition = (world: World): void => world.afterCommit(() => world.memory.of(EDITIONS).drop([String(world.shopId)]))

/** The edition of the shop's book, in force until this transaction ends: whoever publishes waits, others who only look do not. */
export const holdBookAsItIs = (world: World): Promise<BookEdition> => shareBook(world)

/** Until this transaction ends nobody else edits or publishes the shop's rules; the version that the book has is the answer. */
export const holdBook = (world: World): Promise<number> => lockBook(world)

/** The version that was the newest at an instant; null before the first that is kept. */
export const versionAt = (world: World, at: Instant): Promise<number | null> => findVersionAt(world, at)

/** The settings and tiers that a version of the book was made of; null when it is not kept. */
export const pastEdition = (world: World, version: number): Promise<PastEdition | null> => findPastEdition(world, version)

/** The versions that began after one instant and until another, the newest first. */
export const versionsBetween = (world: World, from: Instant, to: Instant, most: number): Promise<BookVersion[]> =>
  listVersions(world, from, to, most)
