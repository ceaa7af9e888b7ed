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
import { bumpBookVersion, findBookVersion, lockBook, shareBook } from './book-version.store.ts'
import type { Shop, ShopChange } from './shop.model.ts'
import { change, isShopCode } from './shop.rules.ts'
import { findShopByCode, getShop, holdShop, holdsMoney, insertShop, listShops, saveShop } from './shop.store.ts'

const SHOPS = slot(() => new Fresh<Shop>(1_000))
const BOOK_VERSIONS = slot(() => new Fresh<number>(1_000))

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
    await renewBook(tx)
    await trace(tx, { action: 'updateShop', target: `shop/${before.code}`, before, after: decision.value })
    tx.afterCommit(() => tx.memory.of(SHOPS).dropAll())
    return accept(decision.value)
  })
}

/** The version of the shop's price book, at most a second old; at once where this process changed it. */
export async function bookVersion(world: World): Promise<number> {
  const version = await world.memory.of(BOOK_VERSIONS).get(String(world.shopId), () => findBookVersion(world))
  return version ?? 1
}

/** The version as it is in the database now. */
export const currentBookVersion = async (world: World): Promise<number> => (await findBookVersion(world)) ?? 1

/** Says that what a price follows from has changed. Whoever else changes it waits until this transaction ends. */
export async function renewBook(world: World): Promise<number> {
  const version = await bumpBookVersion(world)
  world.afterCommit(() => world.memory.of(BOOK_VERSIONS).drop([String(world.shopId)]))
  return version
}

/** The version of the shop's book, in force until this transaction ends: whoever publishes waits, others who only look do not. */
export const holdBookAsItIs = (world: World): Promise<number> => shareBook(world)

/** Until this transaction ends nobody else edits or publishes the shop's rules. */
export const holdBook = (world: World): Promise<void> => lockBook(world)
