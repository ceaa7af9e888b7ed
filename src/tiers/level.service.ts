import type { RawBuilder } from 'kysely'
import { peopleOfCompany, toCompanySql } from '../query/company.ts'
import { raw } from '../query/fragment.ts'
import { progressConditions } from '../query/progress.ts'
import { resolveQuery } from '../query/resolve.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { askingOf, conditionOf } from '../segments/customer-query.service.ts'
import { understand } from '../segments/segment.service.ts'
import { fromFragment, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Shop } from '../shops/shop.model.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Holder, Level } from './level.model.ts'
import type { Tier } from './tier.model.ts'

type Asked = Pick<Tier, 'id' | 'code' | 'qualification' | 'retention' | 'graceDays'>

/** A programme (the lowest rank first) as SQL asks it, the highest tier first. `ofFew`: of some only, named beside it. */
export async function levelsOf(world: World, holder: Holder, tiers: readonly Asked[], { ofFew = false } = {}): Promise<Level[]> {
  const shop = await readShop(world)
  const levels: Level[] = []
  for (const tier of tiers.toReversed()) levels.push(await levelOf(world, shop, holder, tier, ofFew))
  return levels
}

async function levelOf(world: World, shop: Shop, holder: Holder, tier: Asked, ofFew: boolean): Promise<Level> {
  const [qualification, retention] = [await queryOf(world, tier, 'qualification'), await queryOf(world, tier, 'retention')]
  const condition = (query: CustomerQuery | null) =>
    query === null ? null : holder === 'CUSTOMER' ? conditionOf(world, query, { ofFew }) : ofCompany(world, shop, query)
  const [enters, stays] = [await condition(qualification), await condition(retention)]
  // What cannot be asked of a company neither lets it in nor lets it go.
  const isAskable = (qualification === null) === (enters === null) && (retention === null) === (stays === null)
  const reason = (text: string | null, query: CustomerQuery | null) =>
    text === null || query === null ? null : reasonOf(world, shop, holder, text, query)
  return {
    tier,
    enters,
    keeps: !isAskable || (enters === null && stays === null) ? 'ALWAYS' : (stays ?? 'NOTHING'),
    reasons: { toEnter: reason(tier.qualification, qualification), toKeep: reason(tier.retention, retention) },
  }
}

async function queryOf(world: World, tier: Asked, of: 'qualification' | 'retention'): Promise<CustomerQuery | null> {
  const query = await understand(world, tier[of], [], 'TIER')
  if (!query.ok) throw new Error(`the ${of} of tier ${tier.code} does not parse`)
  return query.value
}

function ofCompany(world: World, shop: Shop, query: CustomerQuery): RawBuilder<unknown> | null {
  const condition = toCompanySql(resolveQuery(query, askingOf(shop, world.now)))
  return condition && fromFragment(condition)
}

const peopleOf = { CUSTOMER: { shop: raw('c.shop_id'), customer: raw('c.id') }, COMPANY: peopleOfCompany }

/** The condition with the figures that one has of it, as JSON. */
function reasonOf(world: World, shop: Shop, holder: Holder, text: string, query: CustomerQuery): RawBuilder<unknown> {
  const figures = progressConditions(resolveQuery(query, askingOf(shop, world.now))).map(
    ({ attribute, isAmount, needs, column }) =>
      sql`jsonb_build_object('attribute', ${attribute}::text, 'needs', ${needs}::bigint, 'isAmount', ${isAmount}::boolean, 'has', ${fromFragment(column(peopleOf[holder]))})`,
  )
  return sql`jsonb_build_object('query', ${text}::text, 'figures', jsonb_build_array(${sql.join(figures)}))`
}
