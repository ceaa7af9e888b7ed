import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageUnder } from '../api/shared/parent-pages.ts'
import { Money } from '../api/shared/scalars.ts'
import { AdminCustomer, toAdminCustomer } from '../customers/customer.schema.ts'
import { isUuid } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { pageRequest } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import { PrivateLinkCustomerConnectionView, PrivateLinkCustomerView, PrivateLinkView, toLinkCustomerView } from './link.schema.ts'
import { countPeople, figuresByCustomer, figuresOfLinks, namedCustomers } from './link.service.ts'

const NAMED = Symbol('people whom links name')
const FIGURES = Symbol('what came of links')
const BY_CUSTOMER = Symbol('what came of links by customer')
const PEOPLE = Symbol('how many people links have')

@Resolver(() => PrivateLinkView)
export class LinkFieldsAdmin {
  @FieldResolver(() => [AdminCustomer], { description: 'Whom it names, in the order of their ids; empty: nobody.' })
  async customers(@Root() { id }: PrivateLinkView, @Ctx() context: ApiContext): Promise<AdminCustomer[]> {
    const named = await loaderOf(context, NAMED, (ids: readonly string[], world: World) => namedCustomers(world, ids)).load(id)
    return named.map(toAdminCustomer)
  }

  @FieldResolver(() => Int, { description: 'Reservations ever made with a use of it, whatever became of them.' })
  async reservations(@Root() { id }: PrivateLinkView, @Ctx() context: ApiContext): Promise<number> {
    return (await figures(context, id)).reservations
  }

  @FieldResolver(() => Int, { description: 'Those of them that hold now.' })
  async heldReservations(@Root() { id }: PrivateLinkView, @Ctx() context: ApiContext): Promise<number> {
    return (await figures(context, id)).held
  }

  @FieldResolver(() => Int, { description: 'Those that became orders, wholly returned ones included.' })
  async orders(@Root() { id }: PrivateLinkView, @Ctx() context: ApiContext): Promise<number> {
    return (await figures(context, id)).orders
  }

  @FieldResolver(() => Money, { description: 'What was paid in those of these orders that count, all their lines, less returns.' })
  async revenue(@Root() { id }: PrivateLinkView, @Ctx() context: ApiContext): Promise<Minor> {
    return (await figures(context, id)).revenue as Minor
  }

  @FieldResolver(() => PrivateLinkCustomerConnectionView, {
    description:
      'What came of it by customer: whom it names, and who reserved with it. Reservations of nobody known are in none. At most 250 a page.',
  })
  async byCustomer(
    @Root() { id }: PrivateLinkView,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<PrivateLinkCustomerView>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isUuid }))
    const people = await pageUnder(context, BY_CUSTOMER, id, request, figuresByCustomer)
    const count = () => loaderOf(context, PEOPLE, (ids: readonly string[], world: World) => countPeople(world, ids)).load(id)
    return toConnection(people, toLinkCustomerView, count)
  }
}

const figures = (context: ApiContext, id: string) =>
  loaderOf(context, FIGURES, (ids: readonly string[], world: World) => figuresOfLinks(world, ids)).load(id)
