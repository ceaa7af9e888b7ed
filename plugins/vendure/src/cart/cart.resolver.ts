import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql'
import { ActiveOrderService, Allow, Ctx, Order, Permission, RequestContext, Transaction } from '@vendure/core'
import { Checkouts } from '../checkout/checkouts'
import { Carts } from './cart'
import { Codes } from './codes'
import { Links } from './links'
import { Quotes } from './quotes'

type Active = { activeOrderInput?: object }

/** Stands before Vendure's own coupon mutations in the Shop API. */
@Resolver('Order')
export class CartResolver {
  constructor(
    private readonly active: ActiveOrderService,
    private readonly checkouts: Checkouts,
    private readonly carts: Carts,
    private readonly codes: Codes,
    private readonly links: Links,
    private readonly quotes: Quotes,
  ) {}

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async applyCouponCode(@Ctx() ctx: RequestContext, @Args() args: Active & { couponCode: string }) {
    const order = await this.active.getActiveOrder(ctx, args.activeOrderInput, true)
    return this.codes.apply(ctx, order.id, args.couponCode)
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async removeCouponCode(@Ctx() ctx: RequestContext, @Args() args: Active & { couponCode: string }) {
    const order = await this.active.getActiveOrder(ctx, args.activeOrderInput, true)
    return this.codes.remove(ctx, order.id, args.couponCode)
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async applyRegularsLink(@Ctx() ctx: RequestContext, @Args() args: { token: string }) {
    const order = await this.active.getActiveOrder(ctx, undefined, true)
    return this.links.apply(ctx, order.id, args.token)
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async removeRegularsLink(@Ctx() ctx: RequestContext) {
    const order = await this.active.getActiveOrder(ctx, undefined, true)
    return this.links.remove(ctx, order.id)
  }

  @ResolveField()
  async couponCodes(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<string[]> {
    const checkout = await this.checkouts.find(ctx, order.id)
    return [...order.couponCodes, ...(checkout?.codes ?? [])]
  }

  @ResolveField()
  async regulars(@Ctx() ctx: RequestContext, @Parent() order: Order) {
    return this.quotes.of(ctx, await this.carts.load(ctx, order.id))
  }
}
