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
import { OfferVersionView, OfferView, toOfferVersionView } from './offer.schema.ts'

const VERSIONS = Symbol('versions of offers')
const TIERS = Symbol('the programme')
const COUNTS = Symbol('how many versions offers have')

@ObjectType('OfferVersionConnection', { description: 'A page of the versions of an offer.', simpleResolvers: true })
class OfferVersionConnection extends connectionOf(OfferVersionView) {}

@Resolver(() => OfferView)
export class OfferVersionsAdmin {
  @Authorized('rules:read')
  @Query(() => OfferVersionView, { nullable: true, description: 'One version of an offer, whatever its state; null when there is none.' })
  async offerVersion(
    @Arg('code', () => String, { description: 'Without regard to ASCII case.' }) code: string,
    @Arg('version', () => Int, { description: 'Its number.' }) version: number,
    @Ctx() { world }: ApiContext,
  ): Promise<OfferVersionView | null> {
    const found = await findVersion(world, 'OFFER', code, version)
    return found && toOfferVersionView(found, tiersByCode(await currentTiers(world)))
  }

  @FieldResolver(() => OfferVersionConnection, {
    description:
      'All that was ever in force, what is set to be, and the draft, the newest first. Drafts that were saved over are not kept. At most 250 a page.',
  })
  async versions(
    @Root() { id }: OfferView,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: "The last page's endCursor." }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<OfferVersionView>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isVersionKey }))
    const found = await pageUnder(context, VERSIONS, id, request, (world, ids, wanted) => versionsOfRules(world, 'OFFER', ids, wanted))
    const tierOf = await loaderOf(context, TIERS, tiersForAll).load('all')
    return toConnection(
      found,
      (version) => toOfferVersionView(version, tierOf),
      () => loaderOf(context, COUNTS, (ids: readonly string[], world) => numbersOfVersions(world, ids)).load(id),
    )
  }
}
