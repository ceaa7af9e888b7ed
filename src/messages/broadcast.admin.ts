import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlain } from '../kernel/text.ts'
import type { World } from '../shell/world.ts'
import {
  BroadcastConnection,
  BroadcastInput,
  BroadcastOrdersView,
  BroadcastView,
  toBroadcastOrdersView,
  toBroadcastView,
  toWantedBroadcast,
} from './broadcast.schema.ts'
import {
  broadcastOrders,
  findBroadcast,
  linkOfBroadcast,
  numberOfBroadcasts,
  pageOfBroadcasts,
  saveBroadcast,
} from './broadcast.service.ts'

const ORDERS = Symbol('orders of broadcasts')

@Resolver(() => BroadcastView)
export class BroadcastAdmin {
  @Authorized('campaigns:read')
  @Query(() => BroadcastView, { nullable: true, description: 'The broadcast of a code; null when there is none.' })
  async broadcast(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<BroadcastView | null> {
    const broadcast = await findBroadcast(world, code)
    return broadcast && toBroadcastView(broadcast)
  }

  @Authorized('campaigns:read')
  @Query(() => BroadcastConnection, { description: 'The broadcasts in the order of their codes. At most 250 a page.' })
  async broadcasts(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<BroadcastView>> {
    const request = unwrap(pageRequest(first, after, { isKey: isPlain }))
    return toConnection(await pageOfBroadcasts(world, request), toBroadcastView, () => numberOfBroadcasts(world))
  }

  @Authorized('campaigns:write')
  @Mutation(() => BroadcastView, {
    description:
      'Creates the broadcast of this code, or replaces what it says; what was counted goes on. It is said by hand, where it is meant for.',
  })
  async saveBroadcast(
    @Arg('input', () => BroadcastInput, { description: 'The broadcast as it is to be.' }) input: BroadcastInput,
    @Ctx() { world }: ApiContext,
  ): Promise<BroadcastView> {
    return toBroadcastView(unwrap(await saveBroadcast(world, toWantedBroadcast(input))))
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The one link for everybody, which counts and leads to url with `?broadcast=<code>`; the path of this server where REGULARS_PUBLIC_URL is not set. Null: it has no url.',
  })
  link(@Root() broadcast: BroadcastView, @Ctx() { world }: ApiContext): Promise<string | null> {
    return linkOfBroadcast(world, broadcast)
  }

  @FieldResolver(() => BroadcastOrdersView, { description: 'Orders that came of it.' })
  async orders(@Root() { code }: BroadcastView, @Ctx() context: ApiContext): Promise<BroadcastOrdersView> {
    const orders = await loaderOf(context, ORDERS, (codes: readonly string[], world: World) => broadcastOrders(world, codes)).load(code)
    return toBroadcastOrdersView(orders)
  }
}
