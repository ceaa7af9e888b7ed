import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { pageUnder } from '../api/shared/parent-pages.ts'
import { AdminCustomer, AdminCustomerConnection, toAdminCustomer } from '../customers/customer.schema.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlain } from '../kernel/text.ts'
import { lengthsOfHistory, membershipsOf, pagesOfHistory, pagesOfMembers, refreshSegment, sizesOfSegments } from './membership.service.ts'
import {
  CustomerSegmentView,
  SegmentConnection,
  SegmentEventConnection,
  type SegmentEventView,
  SegmentView,
  toEventView,
  toSegmentView,
} from './segment.schema.ts'
import { findSegment, numberOfSegments, pageOfSegments } from './segment.service.ts'
import { segmentCsv } from './segment-csv.service.ts'

const SIZES = Symbol('sizes of segments')
const MEMBERS = Symbol('members of segments')
const HISTORY = Symbol('history of segments')
const LENGTHS = Symbol('lengths of histories of segments')
const MEMBERSHIPS = Symbol('segments of customers')

@Resolver(() => SegmentView)
export class SegmentAdmin {
  @Authorized('customers:read')
  @Query(() => SegmentConnection, { description: 'The saved segments in the order of their codes. At most 250 a page.' })
  async segments(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<SegmentView>> {
    const request = unwrap(pageRequest(first, after, { isKey: isPlain }))
    return toConnection(await pageOfSegments(world, request), toSegmentView, () => numberOfSegments(world))
  }

  @Authorized('customers:read')
  @Query(() => SegmentView, { nullable: true, description: 'The segment of a code; null when there is none.' })
  async segment(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<SegmentView | null> {
    const segment = await findSegment(world, code)
    return segment && toSegmentView(segment)
  }

  @Authorized('segments:export')
  @Query(() => String, {
    description:
      'Who is in the segment now, as a CSV file (RFC 4180, UTF-8 with a byte order mark): who they are, where, how to reach them, tags, orders. A cell that a spreadsheet would take for a formula, and so a phone number with its +, begins with an apostrophe. At most 10,000 customers, else TOO_MANY_ITEMS. Who took it stands in the audit log.',
  })
  async segmentCsv(
    @Arg('code', () => String, { description: 'As it was saved; NOT_FOUND when there is none.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<string> {
    return unwrap(await segmentCsv(world, code))
  }

  @Authorized('segments:write')
  @Mutation(() => SegmentView, {
    description:
      'Writes down now who is in the segment, for its history; everything that changed in the shop before is followed first. NOT_FOUND when there is none.',
  })
  async refreshSegment(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<SegmentView> {
    return toSegmentView(unwrap(await refreshSegment(world, code)))
  }

  @FieldResolver(() => Int, { description: 'How many customers are in it now, counted as it is asked.' })
  customerCount(@Root() segment: SegmentView, @Ctx() context: ApiContext): Promise<number> {
    return loaderOf(context, SIZES, (codes: readonly string[], world) => sizesOfSegments(world, codes)).load(segment.code)
  }

  @FieldResolver(() => AdminCustomerConnection, {
    description: 'Who is in it now, looked up as it is asked, in the order of their ids. At most 250 a page.',
  })
  async members(
    @Root() segment: SegmentView,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<AdminCustomer>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isUuid }))
    const found = await pageUnder(context, MEMBERS, segment.code, request, pagesOfMembers)
    const count = () => loaderOf(context, SIZES, (codes: readonly string[], world) => sizesOfSegments(world, codes)).load(segment.code)
    return toConnection(found, toAdminCustomer, count)
  }

  @FieldResolver(() => SegmentEventConnection, {
    description:
      'Who entered and who left since it means what it means now, the newest first. What is written down at the first time, or after its query changed, is no history: nobody moved.',
  })
  async history(
    @Root() segment: SegmentView,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() context: ApiContext,
  ): Promise<Connection<SegmentEventView>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isUuid }))
    const found = await pageUnder(context, HISTORY, segment.id, request, pagesOfHistory)
    const count = () => loaderOf(context, LENGTHS, (ids: readonly string[], world) => lengthsOfHistory(world, ids)).load(segment.id)
    return toConnection(found, toEventView, count)
  }
}

@Resolver(() => AdminCustomer)
export class CustomerSegmentsAdmin {
  @FieldResolver(() => [CustomerSegmentView], {
    description: 'The saved segments that the customer is in, as last written down, in the order of their codes.',
  })
  async segments(@Root() customer: AdminCustomer, @Ctx() context: ApiContext): Promise<CustomerSegmentView[]> {
    const found = await loaderOf(context, MEMBERSHIPS, (ids: readonly string[], world) => membershipsOf(world, ids)).load(customer.id)
    return found.map(({ code, since }) => ({ code, since: new Date(since) }))
  }
}
