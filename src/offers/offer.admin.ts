import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageRequest } from '../kernel/page.ts'
import type { RuleStatus as Status } from '../pricebook/rule.model.ts'
import { RuleStatus } from '../pricebook/rule.schema.ts'
import { isRuleCode, tiersByCode } from '../pricebook/terms.model.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import { OfferConnectionView, OfferView, toOfferView } from './offer.schema.ts'
import { countOffers, findOffer, listOffers, saveOffer } from './offer.service.ts'
import { OfferInput } from './offer-input.schema.ts'

// Tiers are read as they are now, once for all the steps and gifts of an answer: one that was made a moment ago on another node
// would else be shown as nobody's, which is everyone's.

@Resolver()
export class OfferAdmin {
  @Authorized('rules:read')
  @Query(() => OfferView, { nullable: true, description: 'Null when there is no offer of this code.' })
  async offer(
    @Arg('code', () => String, { description: 'Without regard to ASCII case.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<OfferView | null> {
    const offer = await findOffer(world, code)
    return offer && toOfferView(offer, tiersByCode(await currentTiers(world)))
  }

  @Authorized('rules:read')
  @Query(() => OfferConnectionView, { description: 'In the order of their codes. Keyset pagination, at most 250 a page.' })
  async offers(
    @Arg('status', () => RuleStatus, { nullable: true, description: 'Absent: all.' }) status: Status | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<OfferView>> {
    const found = await listOffers(world, status ?? null, unwrap(pageRequest(first, after, { isKey: isRuleCode })))
    const tierOf = tiersByCode(await currentTiers(world))
    return toConnection(
      found,
      (offer) => toOfferView(offer, tierOf),
      () => countOffers(world, status ?? null),
    )
  }

  @Authorized('rules:write')
  @Mutation(() => OfferView, {
    description:
      'Creates or replaces the draft of this offer, whole; what is published stays until the draft is. A code that a ladder or a coupon has is CODE_TAKEN.',
  })
  async saveOffer(
    @Arg('input', () => OfferInput, { description: 'The offer as it is to be.' }) input: OfferInput,
    @Arg('expectedVersion', () => Int, {
      nullable: true,
      description:
        'Of the draft, or without one of what is published, that was edited; another one is the error CONFLICT. Absent: whatever stands now is replaced.',
    })
    expectedVersion: number | null,
    @Ctx() { world }: ApiContext,
  ): Promise<OfferView> {
    const offer = unwrap(await saveOffer(world, input, expectedVersion ?? null))
    return toOfferView(offer, tiersByCode(await currentTiers(world)))
  }
}
