import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import { SchedulePublicationResultView, toPublicationView } from '../pricebook/publication.schema.ts'
import { CODES, PublishResultView, PublishWarningView } from '../pricebook/publishing.schema.ts'
import { lookAtDrafts, publishAndLook, scheduleAndLook } from './publishing.service.ts'

/** Here and not with `retire`: what publishing warns of needs products, tiers and prices, which only from here on the street are known. */
@Resolver()
export class ForesightPublishingAdmin {
  @Authorized('rules:publish')
  @Mutation(() => PublishResultView, {
    description: 'Publishes drafts by code, ladders and offers alike, all in one step: all or none. One without a draft is CONFLICT.',
  })
  async publish(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishResultView> {
    return unwrap(await publishAndLook(world, codes))
  }

  @Authorized('rules:publish')
  @Mutation(() => SchedulePublicationResultView, {
    description:
      'Sets drafts, ladders and offers alike, to go into force at an instant, as they are now: all or none. They are drafts no more; another draft may be begun beside them and published sooner or later. One without a draft is CONFLICT. If one cannot go into force at the instant (it was retired since), none does, and the publication is FAILED.',
  })
  async schedulePublication(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Arg('at', () => DateTime, {
      description: 'At least a second ahead, by the clock of the database; at most 200 publications wait at once.',
    })
    at: Date,
    @Ctx() { world }: ApiContext,
  ): Promise<SchedulePublicationResultView> {
    const { publication, warnings } = unwrap(await scheduleAndLook(world, codes, instant(at)))
    return { ...toPublicationView(publication), warnings }
  }

  @Authorized('rules:read')
  @Query(() => [PublishWarningView], {
    description:
      'What publishing these drafts would warn of; nothing changes. One without a draft is CONFLICT. Of each rule the best-selling products are looked at, at most 200.',
  })
  async publishWarnings(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishWarningView[]> {
    return [...unwrap(await lookAtDrafts(world, codes))]
  }
}
