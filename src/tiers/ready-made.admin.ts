import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { ReadyMadeLanguage } from '../segments/ready-made.schema.ts'
import { ProgrammeThresholdInput, ReadyMadeProgrammeView } from './ready-made.schema.ts'
import { adoptableProgrammes, adoptProgramme } from './ready-made.service.ts'
import { AdminTier } from './tier.schema.ts'

@Resolver()
export class ReadyMadeProgrammeAdmin {
  @Authorized('rules:read')
  @Query(() => [ReadyMadeProgrammeView], {
    description:
      "Programmes to begin with, with thresholds from the shop's own buyers: look at who would be where with previewEvaluation, then adopt one.",
  })
  async readyMadeProgrammes(
    @Arg('language', () => ReadyMadeLanguage, {
      nullable: true,
      defaultValue: ReadyMadeLanguage.EN,
      description: 'Of names and descriptions.',
    })
    language: ReadyMadeLanguage | null,
    @Ctx() { world }: ApiContext,
  ): Promise<ReadyMadeProgrammeView[]> {
    const spoken = language ?? ReadyMadeLanguage.EN
    return (await adoptableProgrammes(world, spoken)).map(({ programme, thresholds, tiers }) => ({
      code: programme.code,
      name: programme.name[spoken],
      description: programme.description[spoken],
      thresholds: thresholds.map(({ threshold, value }) => ({ code: threshold.code, name: threshold.name[spoken], value })),
      tiers,
    }))
  }

  @Authorized('tiers:write')
  @Mutation(() => [AdminTier], {
    description:
      "Saves a ready-made programme's tiers as the shop's own, all or none; evaluateTiers then lets customers in. NOT_FOUND for a code that is none of theirs, CONFLICT where the shop has a tier of one of the codes or ranks.",
  })
  async adoptProgramme(
    @Arg('code', () => String, { description: 'Of readyMadeProgrammes.' }) code: string,
    @Arg('language', () => ReadyMadeLanguage, { nullable: true, defaultValue: ReadyMadeLanguage.EN, description: "Of the tiers' names." })
    language: ReadyMadeLanguage | null,
    @Arg('thresholds', () => [ProgrammeThresholdInput], {
      nullable: true,
      description: 'Those that are to be other than readyMadeProgrammes shows. Absent: all as they fit the shop now.',
    })
    thresholds: ProgrammeThresholdInput[] | null,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminTier[]> {
    return [...unwrap(await adoptProgramme(world, code, language ?? ReadyMadeLanguage.EN, thresholds ?? []))]
  }
}
