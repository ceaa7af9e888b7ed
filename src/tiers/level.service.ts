import type { RawBuilder } from 'kysely'
import { peopleOfCompany, toCompanySql } from '../query/company.ts'
import { asksForScores } from '../query/evaluated.ts'
import { raw } from '../query/fragment.ts'
import { progressConditions } from '../query/progress.ts'
import { resolveQuery } from '../query/resolve.ts'
import type { ResolvedQuery } from '../query/resolved.ts'
import { toJoinedSql } from '../query/sql.joined.ts'
import { toSql } from '../query/sql.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { askingOf } from '../segments/customer-query.service.ts'
import { understand } from '../segments/segment.service.ts'
import { fromFragment, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Holder, Level, Levels } from './level.sql.ts'
import type { Tier } from './tier.model.ts'

type Asked = Pick<Tier, 'id' | 'code' | 'qualification' | 'retention' | 'graceDays'>

/** A programme (the lowest rank first) as SQL asks it. `ofFew`: of some only, named beside it. */
export async function levelsOf(world: World, holder: Holder, tiers: readonly Asked[], { ofFew = false } = {}): Promise<Levels> {
  const queries: (ResolvedQuery | null)[] = []
  for (const tier of tiers) queries.push(await queryOf(world, tier, 'qualification'), await queryOf(world, tier, 'retention'))
  const { conditions, joins } = compile(world, holder, queries, ofFew)
  const levels = tiers.map((tier, i) => levelOf(holder, tier, queries.slice(2 * i, 2 * i + 2), conditions.slice(2 * i, 2 * i + 2)))
  return { levels: levels.toReversed(), joins }
}

async function queryOf(world: World, tier: Asked, of: 'qualification' | 'retention'): Promise<ResolvedQuery | null> {
  const query = await understoodOf(world, tier, of)
  return query && resolveQuery(query, askingOf(await readShop(world), world.now))
}

async function understoodOf(world: World, tier: Asked, of: 'qualification' | 'retention'): Promise<CustomerQuery | null> {
  const query = await understand(world, tier[of], [], 'TIER')
  if (!query.ok) throw new Error(`the ${of} of tier ${tier.code} does not parse`)
  return query.value
}

type Compiled = { readonly conditions: readonly (RawBuilder<unknown> | null)[]; readonly joins: RawBuilder<unknown> }

/** Null where there is no query, or none that a company can be asked. */
function compile({ shopId }: World, holder: Holder, queries: readonly (ResolvedQuery | null)[], ofFew: boolean): Compiled {
  if (holder === 'COMPANY' || ofFew) {
    const toCondition = (query: ResolvedQuery) => (holder === 'COMPANY' ? toCompanySql(query) : toSql(query, shopId, { ofFew }))
    const conditions = queries.map((query) => query && toCondition(query))
    return { conditions: conditions.map((condition) => condition && fromFragment(condition)), joins: sql`` }
  }
  const given = queries.filter((query) => query !== null)
  const { conditions, joins } = toJoinedSql(given, shopId)
  const found = new Map(given.map((query, i) => [query, fromFragment(conditions[i] ?? raw('false'))]))
  return { conditions: queries.map((query) => (query && found.get(query)) ?? null), joins: fromFragment(joins) }
}

function levelOf(
  holder: Holder,
  tier: Asked,
  [qualification = null, retention = null]: readonly (ResolvedQuery | null)[],
  [enters = null, stays = null]: readonly (RawBuilder<unknown> | null)[],
): Level {
  // What cannot be asked of a company neither lets it in nor lets it go.
  const isAskable = (qualification === null) === (enters === null) && (retention === null) === (stays === null)
  return {
    tier,
    enters,
    keeps: !isAskable || (enters === null && stays === null) ? 'ALWAYS' : (stays ?? 'NOTHING'),
    reasons: { toEnter: reasonOf(holder, tier.qualification, qualification), toKeep: reasonOf(holder, tier.retention, retention) },
  }
}

/** Whether what lets somebody into a tier, or keeps them there, is how customers stand beside each other. */
export async function askForScores(world: World, tiers: readonly Asked[]): Promise<boolean> {
  for (const tier of tiers)
    for (const field of ['qualification', 'retention'] as const) {
      const query = await understoodOf(world, tier, field)
      if (query !== null && asksForScores(query)) return true
    }
  return false
}

const ROWS_OF = { CUSTOMER: { shop: raw('c.shop_id'), customer: raw('c.id') }, COMPANY: peopleOfCompany }

/** The condition with the figures that one has of it, as JSON. */
function reasonOf(holder: Holder, text: string | null, query: ResolvedQuery | null): RawBuilder<unknown> | null {
  if (text === null || query === null) return null
  const figures = progressConditions(query).map(
    ({ attribute, isAmount, needs, column }) =>
      sql`jsonb_build_object('attribute', ${attribute}::text, 'needs', ${needs}::bigint, 'isAmount', ${isAmount}::boolean, 'has', ${fromFragment(column(ROWS_OF[holder]))})`,
  )
  return sql`jsonb_build_object('query', ${text}::text, 'figures', jsonb_build_array(${sql.join(figures)}))`
}
