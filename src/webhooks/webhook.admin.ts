import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageRequest } from '../kernel/page.ts'
import type { DeliveryStatus } from './delivery.model.ts'
import { pageOfDeliveries, resend, testSubscription } from './delivery.service.ts'
import { backlogsOf, deleteSubscription, listSubscriptions, rotateSecret, saveSubscription } from './subscription.service.ts'
import { TOPICS } from './topic.model.ts'
import {
  DeliveryConnection,
  type DeliveryView,
  SavedSubscriptionView,
  SubscriptionInput,
  SubscriptionView,
  TopicView,
  toDeliveryView,
  toSubscriptionView,
  toWantedSubscription,
  WebhookDeliveryStatus,
  WebhookTestView,
} from './webhook.schema.ts'

const BACKLOGS = Symbol('what waits for subscriptions')
const backlogOf = (context: ApiContext, id: string) =>
  loaderOf(context, BACKLOGS, (ids: readonly string[], world) => backlogsOf(world, ids)).load(id)

@Resolver(() => SubscriptionView)
export class WebhookAdmin {
  @Authorized('webhooks:read')
  @Query(() => [TopicView], { description: 'The events that there are.' })
  webhookTopics(): TopicView[] {
    return [...TOPICS]
  }

  @Authorized('webhooks:read')
  @Query(() => [SubscriptionView], { description: 'Who is told of what, in the order of their codes.' })
  async webhookSubscriptions(@Ctx() { world }: ApiContext): Promise<SubscriptionView[]> {
    return (await listSubscriptions(world)).map(toSubscriptionView)
  }

  @Authorized('webhooks:read')
  @Query(() => DeliveryConnection, {
    description:
      'What was sent to a subscription in the last 30 days and what is to be, the newest first. NOT_FOUND for an unknown code. At most 250 a page.',
  })
  async webhookDeliveries(
    @Arg('code', () => String, { description: 'Of the subscription.' }) code: string,
    @Arg('status', () => WebhookDeliveryStatus, { nullable: true, description: 'In this state.' }) status: DeliveryStatus | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<DeliveryView>> {
    const request = unwrap(pageRequest(first, after, { isKey: (key) => /^\d{1,18}$/.test(key) }))
    const page = unwrap(await pageOfDeliveries(world, code, status ?? null, request))
    return toConnection(page, toDeliveryView, page.count)
  }

  @Authorized('webhooks:write')
  @Mutation(() => SavedSubscriptionView, {
    description:
      'Creates the subscription of this code, with a secret that is shown this once, or replaces all of it but its secret. It is told of what happens from now on. At most 20 (TOO_MANY_ITEMS); CONFLICT on a server without REGULARS_SECRET.',
  })
  async saveWebhookSubscription(
    @Arg('input', () => SubscriptionInput, { description: 'The subscription as it is to be.' }) input: SubscriptionInput,
    @Ctx() { world }: ApiContext,
  ): Promise<SavedSubscriptionView> {
    const { subscription, secret } = unwrap(await saveSubscription(world, toWantedSubscription(input)))
    return { subscription: toSubscriptionView(subscription), secret }
  }

  @Authorized('webhooks:write')
  @Mutation(() => SavedSubscriptionView, {
    description:
      'Makes a new secret, shown this once. For a day what is sent is signed with the one before as well. NOT_FOUND for an unknown code.',
  })
  async rotateWebhookSecret(
    @Arg('code', () => String, { description: 'Of the subscription.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<SavedSubscriptionView> {
    const { subscription, secret } = unwrap(await rotateSecret(world, code))
    return { subscription: toSubscriptionView(subscription), secret }
  }

  @Authorized('webhooks:write')
  @Mutation(() => Boolean, { description: 'Deletes a subscription with all that waits for it. NOT_FOUND for an unknown code.' })
  async deleteWebhookSubscription(
    @Arg('code', () => String, { description: 'Of the subscription.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await deleteSubscription(world, code))
  }

  @Authorized('webhooks:write')
  @Mutation(() => WebhookTestView, {
    description:
      'Sends an event of the type webhook.test at once, also to a subscription that is not enabled, and tells what came back. NOT_FOUND for an unknown code.',
  })
  async testWebhook(
    @Arg('code', () => String, { description: 'Of the subscription.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<WebhookTestView> {
    const tested = unwrap(await testSubscription(world, code))
    return { ...tested, delivered: tested.fault === null }
  }

  @Authorized('webhooks:write')
  @Mutation(() => Int, {
    description:
      'Has events go again under their ids: these, delivered or not, or all that were given up. They are tried for three days more. How many is the answer. NOT_FOUND for an unknown code; at most 1,000 (TOO_MANY_ITEMS).',
  })
  async resendWebhookDeliveries(
    @Arg('code', () => String, { description: 'Of the subscription.' }) code: string,
    @Arg('eventIds', () => [ID], { nullable: true, description: 'Which; absent: all that are DEAD.' }) eventIds: string[] | null,
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await resend(world, code, eventIds ?? null))
  }

  @FieldResolver(() => Int, { description: 'How many events wait to be sent to it.' })
  async waiting(@Root() { id }: SubscriptionView, @Ctx() context: ApiContext): Promise<number> {
    return (await backlogOf(context, id)).waiting
  }

  @FieldResolver(() => Int, { description: 'How many were given up and are still kept.' })
  async dead(@Root() { id }: SubscriptionView, @Ctx() context: ApiContext): Promise<number> {
    return (await backlogOf(context, id)).dead
  }
}
