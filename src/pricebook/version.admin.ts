import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { VersionChangeView } from './version.schema.ts'
import { compareVersions, restoreVersion } from './version.service.ts'

const CODE = 'Of a ladder or an offer.'

@Resolver()
export class VersionAdmin {
  @Authorized('rules:read')
  @Query(() => [VersionChangeView], {
    description:
      'What two versions of a ladder or an offer say differently; empty when they say the same. A term that one of them lacks is as good as null.',
  })
  async compareVersions(
    @Arg('code', () => String, { description: CODE }) code: string,
    @Arg('from', () => Int, { description: 'The number of the version to begin with.' }) from: number,
    @Arg('to', () => Int, { description: 'The number of the version to compare it with.' }) to: number,
    @Ctx() { world }: ApiContext,
  ): Promise<readonly VersionChangeView[]> {
    return unwrap(await compareVersions(world, code, from, to))
  }

  @Authorized('rules:write')
  @Mutation(() => Int, {
    description:
      'Makes what a version says the draft again, in place of a draft that there may be; publishing puts it in force. Answers with the number of the draft. Checked as if it were saved today: a tier that is gone is UNKNOWN_TIER.',
  })
  async restoreVersion(
    @Arg('code', () => String, { description: CODE }) code: string,
    @Arg('version', () => Int, { description: 'Which version, whatever its state.' }) version: number,
    @Arg('expectedVersion', () => Int, {
      nullable: true,
      description:
        'Of the draft, or without one of what is published, as it was seen; another one is the error CONFLICT. Absent: whatever stands now.',
    })
    expectedVersion: number | null,
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await restoreVersion(world, code, version, expectedVersion ?? null))
  }
}
