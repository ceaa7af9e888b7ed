import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import type { World } from '../shell/world.ts'
import { createCouponCodes, csvOf, findCouponBatch, numberOfBatches, pageOfBatches, revokeCouponCodes, takenOf } from './batch.service.ts'
import { CouponBatchConnection, CouponBatchView, toBatchView } from './coupon.schema.ts'

const TAKEN = Symbol('taken codes of batches')
const CSV = Symbol('codes of batches')

@Resolver(() => CouponBatchView)
export class CouponBatchAdmin {
  @Authorized('coupons:codes')
  @Query(() => CouponBatchView, { nullable: true, description: 'Null when there is no batch of this id.' })
  async couponBatch(
    @Arg('id', () => ID, { description: 'As createCouponCodes gave it.' }) id: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CouponBatchView | null> {
    const batch = await findCouponBatch(world, id)
    return batch && toBatchView(batch)
  }

  @Authorized('coupons:codes')
  @Query(() => CouponBatchConnection, {
    description: 'Batches of single-use codes, the newest first. Keyset pagination, at most 250 a page.',
  })
  async couponBatches(
    @Arg('offerCode', () => String, { nullable: true, description: 'Of this offer; NOT_FOUND when there is none. Absent: of all.' })
    offerCode: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<CouponBatchView>> {
    const found = unwrap(await pageOfBatches(world, offerCode ?? null, unwrap(pageRequest(first, after, { isKey: isUuid }))))
    return toConnection(found, toBatchView, async () => unwrap(await numberOfBatches(world, offerCode ?? null)))
  }

  @FieldResolver(() => Int, { description: 'How many of them somebody has taken, by using or claiming one.' })
  takenCount(@Root() { id }: CouponBatchView, @Ctx() context: ApiContext): Promise<number> {
    return loaderOf(context, TAKEN, (ids: readonly string[], world: World) => takenOf(world, ids)).load(id)
  }

  @FieldResolver(() => String, {
    description:
      'The codes as CSV (RFC 4180): a header, then one a line. Batches of at most 1,000,000 codes together in one request. Who took them stands in the audit log.',
  })
  async csv(@Root() batch: CouponBatchView, @Ctx() context: ApiContext): Promise<string> {
    return unwrap(await loaderOf(context, CSV, readCsv).load(batch))
  }

  @Authorized('coupons:codes')
  @Mutation(() => CouponBatchView, {
    description:
      'Makes single-use codes of a CODE offer that is in force with coupons (else CONFLICT), to be printed or sent by others. They belong to nobody; whoever is identified takes one by using it in a cart or by claimCoupon.',
  })
  async createCouponCodes(
    @Arg('offerCode', () => String, { description: 'Which offer they open.' }) offerCode: string,
    @Arg('count', () => Int, { description: '1 to 100,000.' }) count: number,
    @Arg('validUntil', () => DateTime, {
      nullable: true,
      description: "In the future, excluded. Absent: as the offer's validDays say, from now on. No code outlives its offer.",
    })
    validUntil: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<CouponBatchView> {
    return toBatchView(unwrap(await createCouponCodes(world, offerCode, count, validUntil ? instant(validUntil) : null)))
  }

  @Authorized('coupons:codes')
  @Mutation(() => Int, {
    description:
      'Calls back single-use codes that nobody has taken: a batch that was lost, or some of it. How many those were is the answer; what somebody has taken stays theirs (revokeCoupon).',
  })
  async revokeCouponCodes(
    @Arg('batchId', () => ID, { description: 'Of which batch.' }) batchId: string,
    @Arg('codes', () => [String], { nullable: true, description: 'At most 1000; absent: all of the batch.' }) codes: string[] | null,
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    return unwrap(await revokeCouponCodes(world, batchId, codes ?? null))
  }
}

const readCsv = (batches: readonly CouponBatchView[], world: World) => csvOf(world, batches)
