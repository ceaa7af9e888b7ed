import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { AdminCustomer, toAdminCustomer } from '../customers/customer.schema.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import { MessageEventView, toEventView } from './event.schema.ts'
import { eventsOf } from './event.service.ts'
import type { TaskFilter } from './task.model.ts'
import { StaffTaskConnection, StaffTaskView, TaskAnswerView, TaskFilterInput, TaskResultInput, toTaskView } from './task.schema.ts'
import { claimTasks, exportTasks, numberOfTasks, pageOfTasks, releaseTasks, resolveTasks } from './task.service.ts'

const CUSTOMERS = Symbol('people of tasks')
const EVENTS = Symbol('events of tasks')

/** A customer's id that is none is nobody's. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

const filterOf = (filter: TaskFilterInput | null | undefined): TaskFilter => ({
  state: filter?.state ?? 'OPEN',
  channel: filter?.channel ?? null,
  campaignCode: filter?.campaignCode ?? null,
  customerId: filter?.customerId == null ? null : isUuid(filter.customerId) ? filter.customerId : NOBODY,
  claimed: filter?.claimed ?? null,
})

@Resolver(() => StaffTaskView)
export class TaskAdmin {
  @Authorized('tasks:write')
  @Query(() => StaffTaskConnection, {
    description: "What the shop's own people have to do for customers, or did, the oldest first. At most 250 a page.",
  })
  async staffTasks(
    @Arg('filter', () => TaskFilterInput, { nullable: true, description: 'Absent: all that are open.' }) filter: TaskFilterInput | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<StaffTaskView>> {
    const among = filterOf(filter)
    const request = unwrap(pageRequest(first, after, { isKey: isUuid }))
    return toConnection(await pageOfTasks(world, among, request), toTaskView, () => numberOfTasks(world, among))
  }

  @Authorized('tasks:write')
  @Mutation(() => [TaskAnswerView], {
    description:
      'Takes open tasks up for the caller, 1 to 500. Whoever bought, objected or takes part no more meanwhile is not to be reached: those tasks are called off.',
  })
  async claimTasks(
    @Arg('ids', () => [ID], { description: 'Which tasks.' }) ids: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<TaskAnswerView[]> {
    return unwrap(await claimTasks(world, ids))
  }

  @Authorized('tasks:write')
  @Mutation(() => Int, { description: 'Gives tasks that were taken up, by whomever, back to everybody, 1 to 500; how many these were.' })
  async releaseTasks(
    @Arg('ids', () => [ID], { description: 'Which tasks.' }) ids: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await releaseTasks(world, ids))
  }

  @Authorized('tasks:write')
  @Mutation(() => [TaskAnswerView], {
    description: 'Says what came of tasks, 1 to 500, by id. What was settled before stays as it was, so a list may be sent twice.',
  })
  async resolveTasks(
    @Arg('results', () => [TaskResultInput], { description: 'One for each task.' }) results: TaskResultInput[],
    @Ctx() { world }: ApiContext,
  ): Promise<TaskAnswerView[]> {
    const given = results.map(({ id, outcome, note, objects }) => ({ id, outcome, note: note ?? null, objects: objects ?? false }))
    return unwrap(await resolveTasks(world, given))
  }

  @Authorized('tasks:write')
  @Mutation(() => String, {
    description:
      'Open tasks as CSV (RFC 4180, at most 10,000), taken up by the caller: whom to call or write to, and what to say. The columns `outcome` and `note` are for what comes of them; resolveTasks takes that by `id`. TOO_MANY_ITEMS when there are more.',
  })
  async exportTasks(
    @Arg('filter', () => TaskFilterInput, { nullable: true, description: 'Absent: all; `state` is OPEN whatever is said.' })
    filter: TaskFilterInput | null,
    @Ctx() { world }: ApiContext,
  ): Promise<string> {
    return unwrap(await exportTasks(world, filterOf(filter)))
  }

  @FieldResolver(() => AdminCustomer, { description: 'For whom.' })
  async customer(@Root() { customerId }: StaffTaskView, @Ctx() context: ApiContext): Promise<AdminCustomer> {
    return toAdminCustomer(
      await loaderOf(context, CUSTOMERS, (ids: readonly string[], world: World) => customersByIds(world, ids)).load(customerId),
    )
  }

  @FieldResolver(() => [MessageEventView], { description: 'What happened to it, the first first.' })
  async events(@Root() { id }: StaffTaskView, @Ctx() context: ApiContext): Promise<MessageEventView[]> {
    const events = await loaderOf(context, EVENTS, (ids: readonly string[], world: World) => eventsOf(world, ids)).load(id)
    return events.map(toEventView)
  }
}
