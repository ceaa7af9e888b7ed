import { Arg, Authorized, Ctx, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, connectionOf, toConnection } from '../api/shared/paging.ts'
import { pageUnder } from '../api/shared/parent-pages.ts'
import { pageRequest } from '../kernel/page.ts'
import { tiersByCode } from '../pricebook/terms.model.ts'
import { findVersion, isVersionKey, numbersOfVersions, tiersForAll, versionsOfRules } from '../pricebook/version.service.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import { LadderVersionView, LadderView, toLadderVersionView } from './ladder.schema.ts'

const VERSIONS = Symbol('versions of ladders')
const TIERS = Symbol('the programme')
const COUNTS = Symbol('how many versions ladders have')

@ObjectType('LadderVersionConnection', { description: 'A page of the versions of a ladder.', simpleResolvers: true })
class LadderVersionConnection extends connectionOf(LadderVersionView) {}

@Resolver(() => LadderView)
export class LadderVersionsAdmin {
  @Authorized('rules:read')
  @Query(() => LadderVersionView, { nullable: true, description: 'One version of a ladder, whatever its state; null when there is none.' })
  async ladderVersion(
    @Arg('code', () => String, { description: 'Without regard to ASCII case.' }) code: string,
    @Arg('version', () => Int, { description: 'Its number.' }) version: number,
    @Ctx() { world }: ApiContext,
  ): Promise<LadderVersionView | null> {
    const found = await findVersion(world, 'LADDER', code, version)
    return found && toLadderVersionView(found, tiersByCode(await currentTiers(world)))
  }

  @FieldResolver(() => LadderVersionConnection, {
    description:
      'All that was ever in force, what is set to be, and the draft, the newest first. Drafts that were saved over are not kept. At most 250 a page.',
  })
  async versions(
    @Root() { id }: LadderView,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: "The last page's endCursor." }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<LadderVersionView>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isVersionKey }))
    const found = await pageUnder(context, VERSIONS, id, request, (world, ids, wanted) => versionsOfRules(world, 'LADDER', ids, wanted))
    const tierOf = await loaderOf(context, TIERS, tiersForAll).load('all')
    return toConnection(
      found,
      (version) => toLadderVersionView(version, tierOf),
      () => loaderOf(context, COUNTS, (ids: readonly string[], world) => numbersOfVersions(world, ids)).load(id),
    )
  }
}
