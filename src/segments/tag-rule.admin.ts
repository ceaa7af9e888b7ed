import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlain } from '../kernel/text.ts'
import { TagRuleConnection, TagRuleInput, TagRuleView, toTagRuleView } from './tag-rule.schema.ts'
import { applyTagRules, deleteTagRule, numberOfTagRules, pageOfTagRules, saveTagRule, wearersOf } from './tag-rule.service.ts'

const WEARERS = Symbol('wearers of tags by rule')
const USUAL = { times: 3, days: 90 }

@Resolver(() => TagRuleView)
export class TagRuleAdmin {
  @Authorized('customers:read')
  @Query(() => TagRuleConnection, { description: 'The rules for tags, in the order of the alphabet. At most 250 a page.' })
  async tagRules(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<TagRuleView>> {
    const request = unwrap(pageRequest(first, after, { isKey: isPlain }))
    return toConnection(await pageOfTagRules(world, request), toTagRuleView, () => numberOfTagRules(world))
  }

  @Authorized('segments:write')
  @Mutation(() => TagRuleView, {
    description:
      'Creates the rule of this tag, or replaces it. Moments later the tag is on those whom it holds. A tag by hand stays whatever a rule says, and a tag by a rule cannot be taken off by hand. BAD_QUERY for a wrong query; CONFLICT where rules would wait for each other, for themselves, or for tiers that ask for their tag, in a circle.',
  })
  async saveTagRule(
    @Arg('input', () => TagRuleInput, { description: 'The rule as it is to be.' }) input: TagRuleInput,
    @Ctx() { world }: ApiContext,
  ): Promise<TagRuleView> {
    const { regularly } = input
    const often = regularly && { ...regularly, times: regularly.times ?? USUAL.times, days: regularly.days ?? USUAL.days }
    return toTagRuleView(unwrap(await saveTagRule(world, { ...input, regularly: often ?? null })))
  }

  @Authorized('segments:write')
  @Mutation(() => Boolean, {
    description:
      'Deletes the rule of a tag: the tag goes at once from everybody on whom nobody put it by hand. NOT_FOUND when there is none.',
  })
  async deleteTagRule(
    @Arg('tag', () => String, { description: 'In any case.' }) tag: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await deleteTagRule(world, tag))
  }

  @Authorized('segments:write')
  @Mutation(() => Int, {
    description:
      'Applies every rule to everybody now, and writes down who is in which segment. How many have other tags than before is the answer.',
  })
  async applyTagRules(@Ctx() { world }: ApiContext): Promise<number> {
    return unwrap(await applyTagRules(world))
  }

  @FieldResolver(() => Int, { description: 'On how many customers the rule holds the tag, by hand besides or not.' })
  customerCount(@Root() rule: TagRuleView, @Ctx() context: ApiContext): Promise<number> {
    return loaderOf(context, WEARERS, (tags: readonly string[], world) => wearersOf(world, tags)).load(rule.tag)
  }
}
