import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { CustomerRefInput, toCustomerRefs } from '../customers/customer.schema.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlain } from '../kernel/text.ts'
import { TagConnection, type TagView, toTagView } from './tag.schema.ts'
import { numberOfTags, pageOfTags, tagCustomers } from './tag.service.ts'

@Resolver()
export class TagAdmin {
  @Authorized('customers:read')
  @Query(() => TagConnection, { description: 'Every tag that is on somebody, in the order of the alphabet. At most 250 a page.' })
  async tags(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<TagView>> {
    const request = unwrap(pageRequest(first, after, { isKey: isPlain }))
    return toConnection(await pageOfTags(world, request), toTagView, () => numberOfTags(world))
  }

  @Authorized('customers:write')
  @Mutation(() => Int, {
    description:
      'Adds and removes tags of customers: all of them or, if one is unknown (UNKNOWN_CUSTOMER), none. How many have other tags than before is the answer.',
  })
  async tagCustomers(
    @Arg('customers', () => [CustomerRefInput], { description: 'At most 500.' }) customers: CustomerRefInput[],
    @Arg('add', () => [String], { nullable: true, description: 'At most 100 tags of 1 to 100 characters.' }) add: string[] | null,
    @Arg('remove', () => [String], { nullable: true, description: 'In any case. A tag that a rule holds (tagRules) stays with the rule.' })
    remove: string[] | null,
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await tagCustomers(world, unwrap(toCustomerRefs(customers, 'customers')), add ?? [], remove ?? []))
  }
}
