import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { CampaignView } from './campaign.schema.ts'
import { ProgressView, toProgressView } from './progress.schema.ts'
import { progressOf } from './progress.service.ts'

const PROGRESS = Symbol('progress of campaigns')

@Resolver(() => CampaignView)
export class CampaignProgressAdmin {
  @FieldResolver(() => ProgressView, { description: 'How far it has come, while it runs too.' })
  async progress(@Root() campaign: CampaignView, @Ctx() context: ApiContext): Promise<ProgressView> {
    return toProgressView(await loaderOf(context, PROGRESS, (ids: readonly string[], world) => progressOf(world, ids)).load(campaign.id))
  }
}
