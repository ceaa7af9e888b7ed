import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Minor } from '../kernel/money.ts'
import type { Book } from '../pricebook/book.service.ts'
import type { ShopperUsage, Usage } from '../pricing/shopper.ts'
import { Fresh } from '../shell/fresh.ts'
import { slot } from '../shell/memory.ts'
import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import { holdBookAsItIs } from '../shops/shop.service.ts'
import type { EndedBy, OfferUse, RuleUsage, TakenUse } from './usage.model.ts'
import { holdUsage, readCustomerUsage, readUsage } from './usage.store.ts'
import { bringDownUses, findUses, giveBack, offersUsedBy, recountCustomers, takeUses } from './uses.store.ts'

type Kept = { readonly book: Book; readonly usage: Usage }
const USAGE = slot(() => new Fresh<Kept>(1_000))
const NOTHING: Usage = new Map()

/** What a book's limited offers have given, at most a second old; at once what this process took or gave back. */
export async function usageOf(world: World, book: Book): Promise<Usage> {
  if (book.limited.length === 0) return NOTHING
  const kept = world.memory.of(USAGE)
  const key = String(world.shopId)
  if ((kept.peek(key)?.book ?? book) !== book) kept.drop([key])
  const found = await kept.get(key, async () => ({ book, usage: toUsage(await readUsage(world, { codes: book.limited })) }))
  return found?.usage ?? NOTHING
}

export const toUsage = (given: readonly RuleUsage[]): Usage => new Map(given.map(({ code, uses, taken }) => [code, { uses, taken }]))

/** What customers had of the offers that a book limits by customer; who had nothing is left out. */
export async function customerUsageOf(
  world: World,
  book: Book,
  customerIds: readonly string[],
  endedBy: EndedBy,
): Promise<ReadonlyMap<string, ReadonlyMap<string, ShopperUsage>>> {
  return book.limitedByCustomer.length === 0 ? new Map() : readCustomerUsage(world, customerIds, book.limitedByCustomer, endedBy)
}

/** What each offer has given, in the order of the rules' ids. */
export async function usageOfRules(world: World, ids: readonly string[]): Promise<(RuleUsage | null)[]> {
  const found = new Map((await readUsage(world, { ids })).map((usage) => [usage.ruleId as string, usage]))
  return ids.map((id) => found.get(id) ?? null)
}

/** What these offers have given by now; of those that gave nothing, nothing. */
export const usageOfCodes = (world: World, codes: readonly string[]): Promise<RuleUsage[]> => readUsage(world, { codes })

// Who takes or gives back holds, in this order: customers, orders, the book as it is, what the offers have given (limited ones
// first, then the coupons of a cart, then the others, each in byte order of their codes), reservations. So nobody waits in a circle.

/** What these offers have given, held until the transaction ends; who calls it holds the book. */
export const holdUsageOf = (world: World, codes: readonly string[]): Promise<RuleUsage[]> =>
  codes.length === 0 ? Promise.resolve([]) : holdUsage(world, { codes })

/** The uses of reservations that may be given back, with their offers held. They stay what they are once they are taken. */
export async function holdUsesOf(world: World, reservationIds: readonly string[]): Promise<TakenUse[]> {
  const uses = await findUses(world, reservationIds)
  if (uses.length === 0) return []
  await holdBookAsItIs(world)
  await holdUsage(world, { ids: uses.map((use) => use.ruleId) })
  return uses
}

/** Takes uses for a reservation; who calls it holds the offers. */
export async function take(
  world: World,
  reservation: { readonly id: string; readonly customerId: string | null },
  uses: readonly OfferUse[],
): Promise<void> {
  if (uses.length === 0) return
  await takeUses(world, reservation, uses)
  forget(world, [reservation.customerId])
}

/** Gives uses back, each once; who calls it holds the offers. */
export async function restore(world: World, uses: readonly TakenUse[]): Promise<void> {
  await giveBack(world, uses)
  forget(
    world,
    uses.map((use) => use.customerId),
  )
}

/** Takes from uses of a reservation what they were held for and do not come to; who calls it holds them. */
export async function bringDown(
  world: World,
  reservationId: string,
  uses: readonly { readonly code: string; readonly less: Minor }[],
): Promise<void> {
  if (uses.length === 0) return
  await bringDownUses(world, reservationId, uses)
  forget(world, [])
}

function forget(world: World, customerIds: readonly (string | null)[]): void {
  changed(
    world,
    CUSTOMERS,
    customerIds.filter((id) => id !== null),
  )
  world.afterCommit(() => world.memory.of(USAGE).drop([String(world.shopId)]))
}

/** All that these customers ever had a use of, held: before their reservations change hands. */
export async function holdOffersUsedBy(world: World, customerIds: readonly string[]): Promise<void> {
  await holdBookAsItIs(world)
  await holdUsage(world, { ids: await offersUsedBy(world, customerIds) })
}

/** Counts anew what these customers had; who calls it holds them and their offers. */
export async function recountUsesOf(world: World, customerIds: readonly string[]): Promise<void> {
  await recountCustomers(world, customerIds)
  forget(world, customerIds)
}
