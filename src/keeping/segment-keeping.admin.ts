import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { queriesOfCampaigns } from '../campaigns/campaign.service.ts'
import { queriesOfLinks } from '../links/link.service.ts'
import { queriesOfRules } from '../pricebook/rule.service.ts'
import type { QueryHolder } from '../segments/segment.model.ts'
import { SegmentInput, SegmentView, toSegmentView } from '../segments/segment.schema.ts'
import { deleteSegment, saveSegment } from '../segments/segment.service.ts'
import { queriesOfTiers } from '../tiers/tier.service.ts'
import { queriesOfTouchPolicy } from '../touches/policy.service.ts'

/** Everybody who keeps customer queries: a domain that comes to keep some is added. */
const HOLDERS: readonly QueryHolder[] = [queriesOfTiers, queriesOfRules, queriesOfLinks, queriesOfTouchPolicy, queriesOfCampaigns]

/** Here and not with the other fields of segments: only from here on the street is it known who names one. */
@Resolver()
export class SegmentKeepingAdmin {
  @Authorized('segments:write')
  @Mutation(() => SegmentView, {
    description:
      'Creates the segment of this code, or replaces it whole. Whatever names it follows at once: other segments, rules for tags, tiers when they are next evaluated, and prices for audiences. A wrong query is BAD_QUERY; CONFLICT when a query that names it could not be asked any more (too large, too deep, or a tier that would ask for tiers).',
  })
  async saveSegment(
    @Arg('input', () => SegmentInput, { description: 'The segment as it is to be.' }) input: SegmentInput,
    @Ctx() { world }: ApiContext,
  ): Promise<SegmentView> {
    return toSegmentView(unwrap(await saveSegment(world, input, HOLDERS)))
  }

  @Authorized('segments:write')
  @Mutation(() => Boolean, {
    description:
      'Deletes a segment with its history. IN_USE while another segment, a rule for a tag, a tier, a drafted, scheduled or published ladder or offer, a private link that can still be used, or a campaign that is not over names it (in_segment); the message says which.',
  })
  async deleteSegment(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await deleteSegment(world, code, HOLDERS))
  }
}
