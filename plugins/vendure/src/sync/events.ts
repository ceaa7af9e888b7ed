import { Injectable } from '@nestjs/common'
import {
  AccountVerifiedEvent,
  CustomerEvent,
  CustomerGroupChangeEvent,
  CustomerGroupEvent,
  CustomerService,
  EventBus,
  type ID,
  IdentifierChangeEvent,
  ProductEvent,
  ProductVariantChannelEvent,
  ProductVariantEvent,
  ProductVariantPriceEvent,
  type RequestContext,
} from '@vendure/core'
import { Contexts } from '../engine/contexts'
import { CustomerSync } from './customers'
import { Jobs, type Kind } from './jobs'
import { ProductSync } from './products'

/** Whatever changes in Vendure is told to the engine by a job, after the transaction that changed it. */
@Injectable()
export class Events {
  constructor(
    private readonly bus: EventBus,
    private readonly contexts: Contexts,
    private readonly customers: CustomerService,
    private readonly customerSync: CustomerSync,
    private readonly jobs: Jobs,
    private readonly products: ProductSync,
  ) {}

  listen(): void {
    const send = (ctx: RequestContext, kind: Kind, ids: readonly (ID | undefined)[]) =>
      void this.jobs.send(
        ctx.channel.code,
        kind,
        ids.filter((id) => id !== undefined),
      )

    this.bus.ofType(CustomerEvent).subscribe(({ ctx, entity, type }) => type !== 'deleted' && send(ctx, 'customers', [entity.id]))
    this.bus.ofType(AccountVerifiedEvent).subscribe(({ ctx, customer }) => send(ctx, 'customers', [customer.id]))
    this.bus.ofType(IdentifierChangeEvent).subscribe(({ ctx, user }) => void this.renamed(ctx, user.id))
    this.bus.ofType(CustomerGroupChangeEvent).subscribe(({ ctx, customers }) =>
      send(
        ctx,
        'customers',
        customers.map(({ id }) => id),
      ),
    )

    this.bus.ofType(CustomerGroupEvent).subscribe(({ ctx, entity, type }) => void (type !== 'deleted' && this.regrouped(ctx, entity.id)))

    this.bus.ofType(ProductVariantEvent).subscribe(
      ({ ctx, entity, type }) =>
        type !== 'deleted' &&
        send(
          ctx,
          'products',
          entity.map(({ id }) => id),
        ),
    )
    this.bus.ofType(ProductVariantPriceEvent).subscribe(({ ctx, entity }) =>
      send(
        ctx,
        'products',
        entity.map(({ variant }) => variant?.id),
      ),
    )
    this.bus.ofType(ProductVariantChannelEvent).subscribe(({ ctx, productVariant }) => send(ctx, 'products', [productVariant.id]))
    this.bus.ofType(ProductEvent).subscribe(({ ctx, entity, type }) => void (type === 'updated' && this.changed(ctx, entity.id)))
  }

  private async regrouped(ctx: RequestContext, groupId: ID): Promise<void> {
    const own = await this.contexts.ofChannel(ctx.channel.code)
    await this.jobs.send(ctx.channel.code, 'customers', await this.customerSync.ofGroup(own, groupId))
  }

  private async renamed(ctx: RequestContext, userId: ID): Promise<void> {
    const customer = await this.customers.findOneByUserId(await this.contexts.ofChannel(ctx.channel.code), userId)
    if (customer) await this.jobs.send(ctx.channel.code, 'customers', [customer.id])
  }

  /** A product's name, facets and collections are its variants'. */
  private async changed(ctx: RequestContext, productId: ID): Promise<void> {
    const own = await this.contexts.ofChannel(ctx.channel.code)
    await this.jobs.send(ctx.channel.code, 'products', await this.products.ofProduct(own, productId))
  }
}
