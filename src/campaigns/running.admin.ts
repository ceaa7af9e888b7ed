import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { CampaignView, toCampaignView } from './campaign.schema.ts'
import { cancelCampaign, pauseCampaign, resumeCampaign, scheduleCampaign, startCampaign } from './running.service.ts'

const AS_SAVED = 'As it was saved; NOT_FOUND when there is none.'

@Resolver()
export class RunningAdmin {
  @Authorized('campaigns:run')
  @Mutation(() => CampaignView, {
    description: 'The campaign starts by itself at its start.at, which must be in the future. CONFLICT when it runs or is over.',
  })
  async scheduleCampaign(
    @Arg('code', () => String, { description: AS_SAVED }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignView> {
    return toCampaignView(unwrap(await scheduleCampaign(world, code)))
  }

  @Authorized('campaigns:run')
  @Mutation(() => CampaignView, {
    description: 'Starts a campaign now: whoever is in its audience joins within moments. CONFLICT when it runs or is over.',
  })
  async startCampaign(
    @Arg('code', () => String, { description: AS_SAVED }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignView> {
    return toCampaignView(unwrap(await startCampaign(world, code)))
  }

  @Authorized('campaigns:run')
  @Mutation(() => CampaignView, {
    description:
      'Nothing more of the campaign is sent, what is queued neither, and nobody joins, until it is resumed. What it gave stays given. CONFLICT unless it runs.',
  })
  async pauseCampaign(
    @Arg('code', () => String, { description: AS_SAVED }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignView> {
    return toCampaignView(unwrap(await pauseCampaign(world, code)))
  }

  @Authorized('campaigns:run')
  @Mutation(() => CampaignView, {
    description: 'A paused campaign goes on: what came due meanwhile is due now. CONFLICT unless it is paused.',
  })
  async resumeCampaign(
    @Arg('code', () => String, { description: AS_SAVED }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignView> {
    return toCampaignView(unwrap(await resumeCampaign(world, code)))
  }

  @Authorized('campaigns:run')
  @Mutation(() => CampaignView, {
    description: 'Ends a campaign for good: everybody leaves it, and nothing more is sent. CONFLICT when it is over.',
  })
  async cancelCampaign(
    @Arg('code', () => String, { description: AS_SAVED }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignView> {
    return toCampaignView(unwrap(await cancelCampaign(world, code)))
  }
}
