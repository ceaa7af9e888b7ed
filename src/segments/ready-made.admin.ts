import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { ReadyMadeLanguage, ReadyMadeSegmentView } from './ready-made.schema.ts'
import { adoptable, adoptReadyMade } from './ready-made.service.ts'
import { SegmentView, toSegmentView } from './segment.schema.ts'

@Resolver()
export class ReadyMadeAdmin {
  @Authorized('customers:read')
  @Query(() => [ReadyMadeSegmentView], {
    description:
      'Segments that most shops have a use for, where to begin first: look at whom one holds with previewSegment, then adopt it.',
  })
  async readyMadeSegments(
    @Arg('language', () => ReadyMadeLanguage, { nullable: true, defaultValue: ReadyMadeLanguage.EN, description: 'Of names and purposes.' })
    language: ReadyMadeLanguage | null,
    @Ctx() { world }: ApiContext,
  ): Promise<ReadyMadeSegmentView[]> {
    const spoken = language ?? ReadyMadeLanguage.EN
    return (await adoptable(world)).map(({ readyMade: { code, name, purpose, query }, segment }) => ({
      code,
      name: name[spoken],
      purpose: purpose[spoken],
      query,
      segment: segment && toSegmentView(segment),
    }))
  }

  @Authorized('segments:write')
  @Mutation(() => [SegmentView], {
    description:
      "Saves ready-made segments as the shop's own, all or none; what the shop has under a code already stays as it is. NOT_FOUND for a code that is none of theirs.",
  })
  async adoptReadyMade(
    @Arg('codes', () => [String], { description: 'Of readyMadeSegments; at least one.' }) codes: string[],
    @Arg('language', () => ReadyMadeLanguage, { nullable: true, defaultValue: ReadyMadeLanguage.EN, description: 'Of their names.' })
    language: ReadyMadeLanguage | null,
    @Ctx() { world }: ApiContext,
  ): Promise<SegmentView[]> {
    return unwrap(await adoptReadyMade(world, codes, language ?? ReadyMadeLanguage.EN)).map(toSegmentView)
  }
}
