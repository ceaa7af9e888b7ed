import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { PublishResultView } from './publishing.schema.ts'
import { deleteDraft, publish, retire } from './rule.service.ts'

const CODES = 'Of ladders and offers alike; at most 1000.'

@Resolver()
export class PublishingAdmin {
  @Authorized('rules:publish')
  @Mutation(() => PublishResultView, {
    description: 'Publishes drafts by code, ladders and offers alike, all in one step: all or none. One without a draft is CONFLICT.',
  })
  async publish(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishResultView> {
    return unwrap(await publish(world, codes))
  }

  @Authorized('rules:publish')
  @Mutation(() => PublishResultView, {
    description: 'Takes published rules out of force, all or none; drafts of them stay. One that is not published is CONFLICT.',
  })
  async retire(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishResultView> {
    return unwrap(await retire(world, codes))
  }

  @Authorized('rules:write')
  @Mutation(() => Boolean, { description: 'Throws a draft away; what is published stays, and a rule that never was is gone with it.' })
  async deleteDraft(
    @Arg('code', () => String, { description: 'Of a ladder or an offer.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await deleteDraft(world, code))
  }
}
