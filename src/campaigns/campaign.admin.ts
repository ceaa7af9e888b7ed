import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlain } from '../kernel/text.ts'
import { CampaignConnection, CampaignInput, CampaignView, toCampaignView } from './campaign.schema.ts'
import { findCampaign, numberOfCampaigns, pageOfCampaigns, saveCampaign } from './campaign.service.ts'
import { CampaignStatus } from './campaign-words.schema.ts'

@Resolver(() => CampaignView)
export class CampaignAdmin {
  @Authorized('campaigns:read')
  @Query(() => CampaignView, { nullable: true, description: 'The campaign of a code; null when there is none.' })
  async campaign(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignView | null> {
    const campaign = await findCampaign(world, code)
    return campaign && toCampaignView(campaign)
  }

  @Authorized('campaigns:read')
  @Query(() => CampaignConnection, { description: 'The campaigns in the order of their codes. At most 250 a page.' })
  async campaigns(
    @Arg('statuses', () => [CampaignStatus], { nullable: true, description: 'Those that stand there; absent or empty: all.' })
    statuses: `${CampaignStatus}`[] | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<CampaignView>> {
    const among = statuses ?? []
    const request = unwrap(pageRequest(first, after, { isKey: isPlain }))
    return toConnection(await pageOfCampaigns(world, among, request), toCampaignView, () => numberOfCampaigns(world, among))
  }

  @Authorized('campaigns:write')
  @Mutation(() => CampaignView, {
    description:
      'Creates the campaign of this code as a draft, or replaces it. Once it runs only name, goal, budget, priority and endsAt can change; once it is over nothing can: CONFLICT. A wrong query is BAD_QUERY.',
  })
  async saveCampaign(
    @Arg('input', () => CampaignInput, { description: 'The campaign as it is to be.' }) input: CampaignInput,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignView> {
    return toCampaignView(unwrap(await saveCampaign(world, input)))
  }
}
