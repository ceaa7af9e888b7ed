import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { toGraphQLError, unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { AdminCustomer, CustomerRefInput, toAdminCustomer, toCustomerRef, toCustomerRefs } from '../customers/customer.schema.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { problem } from '../kernel/problem.ts'
import type { World } from '../shell/world.ts'
import { AdminCoupon, CouponConnection, toAdminCoupon } from './coupon.schema.ts'
import { numberOfCoupons, pageOfCoupons, revokeCoupon } from './coupon.service.ts'
import { type IssueTo, issueCoupons } from './issuing.service.ts'

const OWNERS = Symbol('owners of coupons')

@Resolver(() => AdminCoupon)
export class CouponAdmin {
  @Authorized('customers:read')
  @Query(() => CouponConnection, {
    description:
      'Coupons that somebody owns, of an offer, of a customer, or all; the newest first. Keyset pagination, at most 250 a page. Single-use codes that nobody has taken are in couponBatches.',
  })
  async coupons(
    @Arg('offerCode', () => String, { nullable: true, description: 'Of this offer; NOT_FOUND when there is none.' }) offerCode:
      | string
      | null,
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'Of this customer.' }) customer: CustomerRefInput | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminCoupon>> {
    const wanted = { offerCode: offerCode ?? null, customer: customer ? unwrap(toCustomerRef(customer, 'customer')) : null }
    const found = unwrap(await pageOfCoupons(world, wanted, unwrap(pageRequest(first, after, { isKey: isUuid }))))
    return toConnection(found, toAdminCoupon, async () => unwrap(await numberOfCoupons(world, wanted)))
  }

  @FieldResolver(() => AdminCustomer, { description: 'Whose it is.' })
  async customer(@Root() { customerId }: AdminCoupon, @Ctx() context: ApiContext): Promise<AdminCustomer> {
    const owner = customerId === null ? null : await loaderOf(context, OWNERS, readOwners).load(customerId)
    if (owner === null) throw new Error("a coupon is shown that is nobody's")
    return owner
  }

  @Authorized('coupons:issue')
  @Mutation(() => Int, {
    description:
      'Gives each customer of a query, or each named one, coupons of a CODE offer that is in force with coupons (else CONFLICT); all or none. How many were given is the answer; at most 1,000,000.',
  })
  async issueCoupons(
    @Arg('offerCode', () => String, { description: 'Which offer they open.' }) offerCode: string,
    @Arg('query', () => String, { nullable: true, description: 'A customer query; blank: everyone. Not together with customers.' })
    query: string | null,
    @Arg('customers', () => [CustomerRefInput], {
      nullable: true,
      description: 'At most 500; whoever is named twice is one. Not together with query.',
    })
    customers: CustomerRefInput[] | null,
    @Arg('each', () => Int, { nullable: true, defaultValue: 1, description: 'So many for each of them; 1 to 100.' }) each: number | null,
    @Arg('validUntil', () => DateTime, {
      nullable: true,
      description: "In the future, excluded. Absent: as the offer's validDays say. No coupon outlives its offer.",
    })
    validUntil: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    const to = toIssueTo(query, customers)
    return unwrap(await issueCoupons(world, { offerCode, to, each: each ?? 1, validUntil: validUntil ? instant(validUntil) : null }))
  }

  @Authorized('coupons:issue')
  @Mutation(() => AdminCoupon, {
    description:
      'Calls a coupon back. One that is used is CONFLICT; one that is held stays held, and is gone if the hold ends without an order.',
  })
  async revokeCoupon(
    @Arg('code', () => String, { description: "The coupon's own; in any case." }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCoupon> {
    return toAdminCoupon(unwrap(await revokeCoupon(world, code)))
  }
}

function toIssueTo(query: string | null | undefined, customers: readonly CustomerRefInput[] | null | undefined): IssueTo {
  if (query != null && customers == null) return { query }
  if (query == null && customers != null) return { customers: unwrap(toCustomerRefs(customers, 'customers')) }
  throw toGraphQLError(
    problem('BAD_USER_INPUT', 'Say by exactly one of query and customers who gets them.', [query == null ? 'query' : 'customers']),
  )
}

async function readOwners(ids: readonly string[], world: World): Promise<(AdminCustomer | null)[]> {
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, toAdminCustomer(customer)]))
  return ids.map((id) => found.get(id) ?? null)
}
