import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageUnder, type ReadPages } from '../api/shared/parent-pages.ts'
import { AdminCustomer } from '../customers/customer.schema.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlace } from './timeline.model.ts'
import {
  CustomerEventConnection,
  type CustomerEventView,
  TouchConnection,
  TouchRefusalConnection,
  type TouchRefusalView,
  type TouchView,
  toEventView,
  toRefusalView,
  toTouchView,
} from './timeline.schema.ts'
import { eventsOf, lengthsOf, refusalsOf, touchesOf } from './timeline.service.ts'

type List = Parameters<typeof lengthsOf>[1]
const PAGES: Record<List, symbol> = {
  touch: Symbol('touches of customers'),
  touch_refusal: Symbol('what was not sent to customers'),
  customer_event: Symbol('what happened to customers'),
}
const LENGTHS: Record<List, symbol> = {
  touch: Symbol('how many touches customers had'),
  touch_refusal: Symbol('how much was not sent to customers'),
  customer_event: Symbol('how much happened to customers'),
}

@Resolver(() => AdminCustomer)
export class CustomerTouchesAdmin {
  @FieldResolver(() => TouchConnection, {
    description: 'How they were spoken to, over all campaigns and by hand, the newest first. At most 250 a page.',
  })
  touches(
    @Root() { id }: AdminCustomer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<TouchView>> {
    return listOf(context, 'touch', id, first, after, touchesOf, toTouchView)
  }

  @FieldResolver(() => TouchRefusalConnection, {
    description: 'What was not sent to them, or not yet, and why, the newest first. At most 250 a page.',
  })
  refusals(
    @Root() { id }: AdminCustomer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<TouchRefusalView>> {
    return listOf(context, 'touch_refusal', id, first, after, refusalsOf, toRefusalView)
  }

  @FieldResolver(() => CustomerEventConnection, {
    description: 'What happened to them that keeps marketing away while it lasts, the newest first. At most 250 a page.',
  })
  events(
    @Root() { id }: AdminCustomer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<CustomerEventView>> {
    return listOf(context, 'customer_event', id, first, after, eventsOf, toEventView)
  }
}

async function listOf<Row, View>(
  context: ApiContext,
  list: List,
  id: string,
  first: number | null,
  after: string | null,
  read: ReadPages<Row>,
  view: (row: Row) => View,
): Promise<Connection<View>> {
  const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isPlace }))
  const found = await pageUnder(context, PAGES[list], id, request, read)
  const count = () => loaderOf(context, LENGTHS[list], (ids: readonly string[], world) => lengthsOf(world, list, ids)).load(id)
  return toConnection(found, view, count)
}
