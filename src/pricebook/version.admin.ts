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
      'Copies an old version into a new draft, to be looked at and edited as any other; a draft that there is gives way to it. What is published stays in force until the draft is published. Answers with the version number of the new draft. NOT_FOUND: there is no such version. It is checked as if it were saved today: if it names a tier that is gone, UNKNOWN_TIER.',
  })
  async restoreVersion(
    @Arg('code', () => String, { description: CODE }) code: string,
    @Arg('version', () => Int, {
      description: 'The number of the version to copy, whatever its state: the field `versions` of the ladder or offer lists them.',
    })
    version: number,
    @Arg('expectedVersion', () => Int, {
      nullable: true,
      description:
        'To overwrite nothing that somebody else saved meanwhile: the version number of the draft as you saw it or, if there was none, of what is published. If another one stands there now, CONFLICT. Absent: whatever stands there gives way.',
    })
    expectedVersion: number | null,
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await restoreVersion(world, code, version, expectedVersion ?? null))
  }
}
