import type { RawBuilder } from 'kysely'
import { currencyDigits } from '../kernel/currency.ts'
import { type Book, readBook } from '../pricebook/book.service.ts'
import { type ProgressCondition, progressConditions } from '../query/progress.ts'
import { resolveQuery } from '../query/resolve.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import { askingOf } from '../segments/customer-query.service.ts'
import { fromFragment, rowOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Tier } from '../tiers/tier.model.ts'
import { gainsOf, type TierGain } from './gains.rules.ts'
import type { KnownShopper } from './shopper.model.ts'
import { readShoppers } from './shopper.service.ts'

/** What is missing for the next tier up, and what it opens. Amounts are in major units, as the qualification says them. */
export type Progress = { readonly tier: Tier; readonly conditions: readonly Condition[]; readonly gains: readonly TierGain[] }
export type Condition = { readonly attribute: string; readonly has: number; readonly needs: number; readonly met: boolean }

/** For each customer the next tier up and its figures, in the order of the ids; null at the top. One statement for all that must be counted. */
export async function progressOfCustomers(world: World, ids: readonly string[]): Promise<(Progress | null)[]> {
  const book = await readBook(world)
  const shoppers = await readShoppers(world, book, ids)
  const goals = shoppers.map((shopper) => {
    const tier = shopper && nextTierOf(book, shopper)
    return tier && { shopper, tier, conditions: conditionsOf(world, book, tier) }
  })
  const counted = await countAll(
    world,
    goals.flatMap((goal) => goal?.conditions.flatMap((condition) => selectOf(world, goal.shopper, condition)) ?? []),
  )
  const unit = 10 ** currencyDigits(book.shop.currency)
  return goals.map(
    (goal) =>
      goal && {
        tier: goal.tier,
        conditions: goal.conditions.map((condition) => figures(condition, goal.shopper, counted, unit)),
        gains: gainsOf(book.rules, book.tiers, goal.shopper.pricing, goal.tier, world.now),
      },
  )
}

function nextTierOf(book: Book, { facts }: KnownShopper): Tier | null {
  const own = book.tiers.find((tier) => tier.code === facts.tierCode)
  return book.tiers.find((tier) => own === undefined || tier.rank > own.rank) ?? null
}

function conditionsOf(world: World, book: Book, tier: Tier): readonly ProgressCondition[] {
  const query = readQuery(tier.qualification, [], 'TIER', book.segments)
  return query.ok && query.value !== null ? progressConditions(resolveQuery(query.value, askingOf(book.shop, world.now))) : []
}

function selectOf({ shopId }: World, { id }: KnownShopper, { has }: ProgressCondition): RawBuilder<unknown>[] {
  return has.from === 'database' ? [fromFragment(has.select({ shopId, customerId: id }))] : []
}

async function countAll({ em }: World, selects: readonly RawBuilder<unknown>[]): Promise<number[]> {
  if (selects.length === 0) return []
  const row = await rowOf<{ counted: (string | number)[] }>(
    em,
    sql`select array[${sql.join(selects.map((select) => sql`${select}::numeric`))}]::text[] as counted`,
  )
  return (row?.counted ?? []).map(Number)
}

/** Takes the counted figures one after another, in the order in which they were asked for. */
function figures(condition: ProgressCondition, { facts }: KnownShopper, counted: number[], unit: number): Condition {
  const has = condition.has.from === 'facts' ? condition.has.of(facts) : (counted.shift() ?? 0)
  const scale = condition.isAmount ? unit : 1
  return { attribute: condition.attribute, has: has / scale, needs: condition.needs / scale, met: has >= condition.needs }
}
