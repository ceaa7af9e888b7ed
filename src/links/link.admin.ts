import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { toGraphQLError, unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { toCustomerRefs } from '../customers/customer.schema.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { problem } from '../kernel/problem.ts'
import { createPrivateLinks } from './batch.service.ts'
import type { LinkStatus } from './link.model.ts'
import {
  CreatedPrivateLinkView,
  PrivateLinkBatchView,
  PrivateLinkConnectionView,
  PrivateLinkInput,
  PrivateLinkStatus,
  PrivateLinkView,
  toLinkView,
} from './link.schema.ts'
import {
  countPrivateLinks,
  createPrivateLink,
  findPrivateLink,
  listPrivateLinks,
  revokePrivateLink,
  revokePrivateLinks,
} from './link.service.ts'

@Resolver()
export class LinkAdmin {
  @Authorized('links:read')
  @Query(() => PrivateLinkView, { nullable: true, description: 'Null when there is no private link of this id.' })
  async privateLink(
    @Arg('id', () => ID, { description: 'As createPrivateLink gave it.' }) id: string,
    @Ctx() { world }: ApiContext,
  ): Promise<PrivateLinkView | null> {
    const link = await findPrivateLink(world, id)
    return link && toLinkView(link)
  }

  @Authorized('links:read')
  @Query(() => PrivateLinkConnectionView, { description: 'The newest first. Keyset pagination, at most 250 a page.' })
  async privateLinks(
    @Arg('status', () => PrivateLinkStatus, { nullable: true, description: 'As it is now; absent: all.' }) status: LinkStatus | null,
    @Arg('batchId', () => ID, { nullable: true, description: 'Those that createPrivateLinks made together; absent: all.' }) batchId:
      | string
      | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<PrivateLinkView>> {
    const filter = { status: status ?? null, batchId: batchId ?? null }
    const links = await listPrivateLinks(world, filter, unwrap(pageRequest(first, after, { isKey: isUuid })))
    return toConnection(links, toLinkView, () => countPrivateLinks(world, filter))
  }

  @Authorized('links:write')
  @Mutation(() => CreatedPrivateLinkView, { description: 'The url with the token is returned here and never again.' })
  async createPrivateLink(
    @Arg('input', () => PrivateLinkInput, { description: 'What it is to say, and to whom.' }) input: PrivateLinkInput,
    @Ctx() { world }: ApiContext,
  ): Promise<CreatedPrivateLinkView> {
    const { customers } = input
    const refs = customers == null ? null : unwrap(toCustomerRefs(customers, 'input', 'customers'))
    const { link, token, url } = unwrap(await createPrivateLink(world, input, refs))
    return { link: toLinkView(link), token, url }
  }

  @Authorized('links:write')
  @Mutation(() => PrivateLinkBatchView, {
    description:
      'A link of its own for each customer whom a query holds, at most 100,000: all or none. Their urls are returned here and never again. With customers or audience in the input it is BAD_USER_INPUT.',
  })
  async createPrivateLinks(
    @Arg('input', () => PrivateLinkInput, { description: 'What each of them is to say; without customers and audience.' })
    input: PrivateLinkInput,
    @Arg('query', () => String, { description: 'A customer query; blank: everyone.' }) query: string,
    @Ctx() { world }: ApiContext,
  ): Promise<PrivateLinkBatchView> {
    if (input.customers != null)
      throw toGraphQLError(
        problem('BAD_USER_INPUT', 'Each of these links is for one person: say whom with query, and leave customers out.', [
          'input',
          'customers',
        ]),
      )
    return unwrap(await createPrivateLinks(world, input, query))
  }

  @Authorized('links:write')
  @Mutation(() => PrivateLinkView, {
    description:
      'Calls a link back, for good; one that was called back before stays as it is. What is reserved with it stays good until it ends.',
  })
  async revokePrivateLink(
    @Arg('id', () => ID, { description: 'Which link.' }) id: string,
    @Ctx() { world }: ApiContext,
  ): Promise<PrivateLinkView> {
    return toLinkView(unwrap(await revokePrivateLink(world, id)))
  }

  @Authorized('links:write')
  @Mutation(() => Int, { description: 'Calls all links of a batch back, for good; how many that were. An unknown batch is NOT_FOUND.' })
  async revokePrivateLinks(
    @Arg('batchId', () => ID, { description: 'As createPrivateLinks gave it.' }) batchId: string,
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await revokePrivateLinks(world, batchId))
  }
}
