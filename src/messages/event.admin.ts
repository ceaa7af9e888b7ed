import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import type { World } from '../shell/world.ts'
import { MessageEventView, toEventView } from './event.schema.ts'
import { eventsOf } from './event.service.ts'
import { MessageView } from './message.schema.ts'

const EVENTS = Symbol('events of messages')

@Resolver(() => MessageView)
export class MessageEventsAdmin {
  @FieldResolver(() => [MessageEventView], { description: 'What happened to it since it left, replies included, the first first.' })
  async events(@Root() { id }: MessageView, @Ctx() context: ApiContext): Promise<MessageEventView[]> {
    const events = await loaderOf(context, EVENTS, (ids: readonly string[], world: World) => eventsOf(world, ids)).load(id)
    return events.map(toEventView)
  }
}
