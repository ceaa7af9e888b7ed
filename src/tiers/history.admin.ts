import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageUnder } from '../api/shared/parent-pages.ts'
import { AdminCompany } from '../companies/company.schema.ts'
import { AdminCustomer } from '../customers/customer.schema.ts'
import { isInstantText } from '../kernel/clock.ts'
import { currencyDigits } from '../kernel/currency.ts'
import { pageRequest } from '../kernel/page.ts'
import { readShop } from '../shops/shop.service.ts'
import type { PastStanding } from './history.model.ts'
import { EvaluatedTierView, TierHistoryConnection, type TierHistoryEntryView } from './history.schema.ts'
import { numbersOfStandings, standingsThrough } from './history.service.ts'
import { toReasonView } from './reason.schema.ts'
import type { EvaluatedTier } from './standing.model.ts'
import { evaluatedTiers } from './standing.service.ts'
import type { Tier } from './tier.model.ts'
import { readTiers } from './tier.service.ts'

const PAGES = Symbol('tier history')
const COUNTS = Symbol('lengths of tier history')
const OF_CUSTOMERS = Symbol('evaluated tiers of customers')
const OF_COMPANIES = Symbol('evaluated tiers of companies')

@Resolver(() => AdminCustomer)
export class CustomerTierHistoryAdmin {
  @FieldResolver(() => TierHistoryConnection, {
    description: 'Which tiers they had of their own, and why, the newest first. At most 250 a page.',
  })
  tierHistory(
    @Root() { id }: AdminCustomer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<TierHistoryEntryView>> {
    return historyOf(context, id, first, after)
  }

  @FieldResolver(() => EvaluatedTierView, {
    nullable: true,
    description: 'What evaluation gave, whether a tier by hand hides it or not; null: nothing.',
  })
  async evaluatedTier(@Root() { id }: AdminCustomer, @Ctx() context: ApiContext): Promise<EvaluatedTierView | null> {
    return toView(await loaderOf(context, OF_CUSTOMERS, (ids: readonly string[], world) => evaluatedTiers(world, 'customer', ids)).load(id))
  }
}

@Resolver(() => AdminCompany)
export class CompanyTierHistoryAdmin {
  @FieldResolver(() => TierHistoryConnection, { description: 'Which tiers it had, and why, the newest first. At most 250 a page.' })
  tierHistory(
    @Root() { id }: AdminCompany,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<TierHistoryEntryView>> {
    return historyOf(context, id, first, after)
  }

  @FieldResolver(() => EvaluatedTierView, {
    nullable: true,
    description: 'What evaluation gave, whether a tier by hand hides it or not; null: nothing.',
  })
  async evaluatedTier(@Root() { id }: AdminCompany, @Ctx() context: ApiContext): Promise<EvaluatedTierView | null> {
    return toView(await loaderOf(context, OF_COMPANIES, (ids: readonly string[], world) => evaluatedTiers(world, 'company', ids)).load(id))
  }
}

async function historyOf(
  context: ApiContext,
  id: string,
  first: number | null,
  after: string | null,
): Promise<Connection<TierHistoryEntryView>> {
  const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isInstantText }))
  const found = await pageUnder(context, PAGES, id, request, standingsThrough)
  const tiers = await readTiers(context.world)
  const unit = 10 ** currencyDigits((await readShop(context.world)).currency)
  const count = () => loaderOf(context, COUNTS, (ids: readonly string[], world) => numbersOfStandings(world, ids)).load(id)
  return toConnection(found, (standing) => toEntry(standing, tiers, unit), count)
}

const toEntry = (
  { tierId, since, until, how, held, failed }: PastStanding,
  tiers: readonly Tier[],
  unit: number,
): TierHistoryEntryView => ({
  tier: tiers.find(({ id }) => id === tierId) ?? null,
  since: new Date(since),
  until: until === null ? null : new Date(until),
  how,
  held: toReasonView(held, unit),
  failed: toReasonView(failed, unit),
})

const toView = (evaluated: EvaluatedTier | null): EvaluatedTierView | null =>
  evaluated && {
    tier: evaluated.tier,
    since: new Date(evaluated.since),
    failingSince: evaluated.failingSince === null ? null : new Date(evaluated.failingSince),
    graceUntil: evaluated.graceUntil === null ? null : new Date(evaluated.graceUntil),
  }
