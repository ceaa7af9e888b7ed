import { Injectable } from '@nestjs/common'
import {
  EventBus,
  type Order,
  OrderLineEvent,
  OrderStateTransitionEvent,
  RefundStateTransitionEvent,
  type RequestContext,
} from '@vendure/core'
import { Contexts } from '../engine/contexts'
import { Jobs } from '../sync/jobs'
import { Checkouts } from './checkouts'

/**
 * That there is something to tell the engine of an order is written down with it; the job that tells it is rung for when that is
 * committed. A bell that nobody heard (a crash, an engine that is down) the sweep rings again.
 */
@Injectable()
export class Doorbell {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly contexts: Contexts,
    private readonly events: EventBus,
    private readonly jobs: Jobs,
  ) {}

  listen(): void {
    this.events.ofType(OrderStateTransitionEvent).subscribe(({ ctx, order }) => {
      if (order.orderPlacedAt) void this.jobs.settle(ctx.channel.code, [order.id])
    })
    this.events.ofType(OrderLineEvent).subscribe(({ ctx, order, type }) => {
      if (type === 'cancelled') void this.ring(ctx, order)
    })
    this.events.ofType(RefundStateTransitionEvent).subscribe(({ ctx, order, toState }) => {
      if (toState === 'Settled') void this.ring(ctx, order)
    })
  }

  private async ring(ctx: RequestContext, order: Order): Promise<void> {
    await this.checkouts.ring(await this.contexts.ofChannel(ctx.channel.code), order.id)
    await this.jobs.settle(ctx.channel.code, [order.id])
  }
}
