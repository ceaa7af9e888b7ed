import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { AdminCustomer, CustomerRefInput, toAdminCustomer, toCustomerRef } from '../customers/customer.schema.ts'
import { customersByIds, findCustomerId } from '../customers/customer.service.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { problem } from '../kernel/problem.ts'
import { refuse } from '../kernel/result.ts'
import type { World } from '../shell/world.ts'
import { MessageConnection, MessageView, toMessageView } from './message.schema.ts'
import { contentsOf, numberOfMessages, pageOfMessages, resolveDoubtful } from './message.service.ts'
import { DoubtResolution, MessageChannel, MessageStatus } from './message-words.schema.ts'
import { MessageContentView, toContentView } from './template.schema.ts'

const [READERS, CONTENTS] = [Symbol('readers of messages'), Symbol('contents of messages')]

@Resolver(() => MessageView)
export class MessageAdmin {
  @Authorized('campaigns:read')
  @Query(() => MessageConnection, {
    description:
      'Messages to customers, the newest first: to one of them, of one campaign, in one state. DOUBTFUL: those of which nobody knows whether they went. Keyset pagination, at most 250 a page.',
  })
  async messages(
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'To this customer.' }) customer: CustomerRefInput | null,
    @Arg('campaignId', () => ID, { nullable: true, description: 'Of this campaign.' }) campaignId: string | null,
    @Arg('status', () => MessageStatus, { nullable: true, description: 'In this state.' }) status: `${MessageStatus}` | null,
    @Arg('channel', () => MessageChannel, { nullable: true, description: 'By this channel.' }) channel: `${MessageChannel}` | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<MessageView>> {
    if (campaignId != null && !isUuid(campaignId))
      unwrap(refuse(problem('BAD_USER_INPUT', 'campaignId is the id of a campaign.', ['campaignId'])))
    const ref = customer == null ? null : unwrap(toCustomerRef(customer, 'customer'))
    const filter = { customerId: ref && unwrap(await findCustomerId(world, ref)), campaignId, status, channel }
    const page = await pageOfMessages(world, filter, unwrap(pageRequest(first, after, { isKey: isUuid })))
    return toConnection(page, toMessageView, () => numberOfMessages(world, filter))
  }

  @Authorized('campaigns:run')
  @Mutation(() => MessageView, {
    description:
      'What is done with a message of which nobody knows whether it went: its worker ended, or its server fell silent, between giving it and hearing that it was taken. NOT_FOUND for one that is not DOUBTFUL; CONFLICT when what it said is not kept any more.',
  })
  async resolveDoubtfulMessage(
    @Arg('id', () => ID, { description: 'Which message.' }) id: string,
    @Arg('resolution', () => DoubtResolution, { description: 'What is done.' }) resolution: `${DoubtResolution}`,
    @Ctx() { world }: ApiContext,
  ): Promise<MessageView> {
    return toMessageView(unwrap(await resolveDoubtful(world, id, resolution)))
  }

  @FieldResolver(() => AdminCustomer, { description: 'To whom it is.' })
  async customer(@Root() { customerId }: MessageView, @Ctx() context: ApiContext): Promise<AdminCustomer> {
    const reader = await loaderOf(context, READERS, readReaders).load(customerId)
    if (reader === null) throw new Error('a message is shown that is to nobody')
    return reader
  }

  @FieldResolver(() => MessageContentView, {
    nullable: true,
    description: 'What it says; null once it is let go of: 90 days after it was written, or when the customer is forgotten.',
  })
  async content(@Root() { id }: MessageView, @Ctx() context: ApiContext): Promise<MessageContentView | null> {
    const kept = await loaderOf(context, CONTENTS, (ids: readonly string[], world) => contentsOf(world, ids)).load(id)
    return kept && toContentView(kept.content)
  }
}

async function readReaders(ids: readonly string[], world: World): Promise<(AdminCustomer | null)[]> {
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, toAdminCustomer(customer)]))
  return ids.map((id) => found.get(id) ?? null)
}
