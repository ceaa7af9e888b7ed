import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageRequest } from '../kernel/page.ts'
import type { RuleStatus as Status } from '../pricebook/rule.model.ts'
import { RuleStatus } from '../pricebook/rule.schema.ts'
import { isRuleCode, tiersByCode } from '../pricebook/terms.model.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import { LadderConnectionView, LadderInput, LadderView, toLadderView } from './ladder.schema.ts'
import { countLadders, findLadder, listLadders, saveLadder } from './ladder.service.ts'

// Tiers are read as they are now, once for all the rungs of an answer: one that was made a moment ago on another node
// would else be shown as nobody's, which is everyone's.

@Resolver()
export class LadderAdmin {
  @Authorized('rules:read')
  @Query(() => LadderView, { nullable: true, description: 'Null when there is no ladder of this code.' })
  async ladder(
    @Arg('code', () => String, { description: 'Without regard to ASCII case.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<LadderView | null> {
    const ladder = await findLadder(world, code)
    return ladder && toLadderView(ladder, tiersByCode(await currentTiers(world)))
  }

  @Authorized('rules:read')
  @Query(() => LadderConnectionView, { description: 'In the order of their codes. Keyset pagination, at most 250 a page.' })
  async ladders(
    @Arg('status', () => RuleStatus, { nullable: true, description: 'Absent: all.' }) status: Status | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<LadderView>> {
    const found = await listLadders(world, status ?? null, unwrap(pageRequest(first, after, { isKey: isRuleCode })))
    const tierOf = tiersByCode(await currentTiers(world))
    return toConnection(
      found,
      (ladder) => toLadderView(ladder, tierOf),
      () => countLadders(world, status ?? null),
    )
  }

  @Authorized('rules:write')
  @Mutation(() => LadderView, {
    description:
      'Creates or replaces the draft of this ladder, whole; what is published stays until the draft is. A code that an offer or a coupon has is CODE_TAKEN.',
  })
  async saveLadder(
    @Arg('input', () => LadderInput, { description: 'The ladder as it is to be.' }) input: LadderInput,
    @Arg('expectedVersion', () => Int, {
      nullable: true,
      description:
        'Of the draft, or without one of what is published, that was edited; another one is the error CONFLICT. Absent: whatever stands now is replaced.',
    })
    expectedVersion: number | null,
    @Ctx() { world }: ApiContext,
  ): Promise<LadderView> {
    const ladder = unwrap(await saveLadder(world, input, expectedVersion ?? null))
    return toLadderView(ladder, tiersByCode(await currentTiers(world)))
  }
}
