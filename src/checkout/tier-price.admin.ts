import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import { TierPricePointView, toTierPricePointView } from './tier-price.schema.ts'
import { tierPriceHistory } from './tier-price.service.ts'

@Resolver()
export class TierPriceAdmin {
  @Authorized('rules:read')
  @Query(() => [TierPricePointView], {
    description:
      "What each tier paid for one unit of a product over time, the oldest first: one entry wherever the product's prices, rules, settings or tiers changed and somebody paid something else. A tier's price is that of a customer of whom nothing else is known but that they bought before: ladders and automatic product offers, without limits. Recurring hours of rules count as they were at the entry's instant. Of more than 200 changes the newest are looked at.",
  })
  async tierPriceHistory(
    @Arg('sku', () => String, { description: 'Byte for byte; one that the catalogue has not is UNKNOWN_SKU.' }) sku: string,
    @Arg('from', () => DateTime, { nullable: true, description: 'Absent: 90 days before `to`.' }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: 'At most now; absent: now.' }) to: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<TierPricePointView[]> {
    const span = { from: from ? instant(from) : null, to: to ? instant(to) : null }
    return unwrap(await tierPriceHistory(world, sku, span)).map(toTierPricePointView)
  }
}
