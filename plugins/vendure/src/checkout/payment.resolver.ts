import { Args, Mutation, Resolver } from '@nestjs/graphql'
import {
  ActiveOrderService,
  Allow,
  Ctx,
  CustomerService,
  isGraphQlErrorResult,
  NoActiveOrderError,
  OrderService,
  OrderStateTransitionError,
  Permission,
  RequestContext,
  SessionService,
  Transaction,
} from '@vendure/core'
import { Reservations } from './reservations'

type Payment = { activeOrderInput?: object; input: { method: string; metadata: object } }

/** Stands before Vendure's own mutation: nobody pays for what is not held any more. After the first lines it does what that does. */
@Resolver()
export class PaymentResolver {
  constructor(
    private readonly active: ActiveOrderService,
    private readonly reservations: Reservations,
    private readonly orders: OrderService,
    private readonly customers: CustomerService,
    private readonly sessions: SessionService,
  ) {}

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async addPaymentToOrder(@Ctx() ctx: RequestContext, @Args() { activeOrderInput, input }: Payment) {
    const open = ctx.authorizedAsOwnerOnly ? await this.active.getActiveOrder(ctx, activeOrderInput) : undefined
    if (open === undefined) return new NoActiveOrderError()
    const transitionError = await this.reservations.keep(ctx, open.id)
    if (transitionError !== undefined) {
      return new OrderStateTransitionError({ transitionError, fromState: 'ArrangingPayment', toState: 'PaymentAuthorized' })
    }
    const order = await this.orders.addPaymentToOrder(ctx, open.id, input)
    if (isGraphQlErrorResult(order) || order.active) return order
    await this.customers.createAddressesForNewCustomer(ctx, order)
    if (ctx.session?.activeOrderId === open.id) await this.sessions.unsetActiveOrder(ctx, ctx.session)
    return order
  }
}
