import { Injectable } from '@nestjs/common'
import { type ID, type RequestContext, RequestContextCacheService, TransactionalConnection } from '@vendure/core'
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity'
import { RegularsCheckout } from './checkout.entity'

/** Written column by column: a job and a shopper may be at the same row. */
@Injectable()
export class Checkouts {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly requests: RequestContextCacheService,
  ) {}

  /** Read once in a request, however often the order is priced in it. */
  find(ctx: RequestContext, orderId: ID): Promise<RegularsCheckout | null> {
    return this.requests.get(ctx, nameOf(orderId), () => this.connection.getRepository(ctx, RegularsCheckout).findOneBy({ orderId }))
  }

  async of(ctx: RequestContext, orderId: ID): Promise<RegularsCheckout> {
    const found = await this.find(ctx, orderId)
    if (found !== null) return found
    const fresh = new RegularsCheckout({ orderId, order: { id: orderId }, codes: [], returns: [] })
    await this.connection.getRepository(ctx, RegularsCheckout).createQueryBuilder().insert().values(fresh).orIgnore().execute()
    this.forget(ctx, orderId)
    return this.connection.getRepository(ctx, RegularsCheckout).findOneByOrFail({ orderId })
  }

  async change(ctx: RequestContext, orderId: ID, change: QueryDeepPartialEntity<RegularsCheckout>): Promise<void> {
    await this.connection.getRepository(ctx, RegularsCheckout).update({ orderId }, change)
    this.forget(ctx, orderId)
  }

  async ring(ctx: RequestContext, orderId: ID): Promise<void> {
    await this.of(ctx, orderId)
    await this.connection.getRepository(ctx, RegularsCheckout).increment({ orderId }, 'due', 1)
    this.forget(ctx, orderId)
  }

  /** The orders with something to tell the engine, the oldest first. */
  async due(ctx: RequestContext, take: number): Promise<ID[]> {
    const rows = await this.connection
      .getRepository(ctx, RegularsCheckout)
      .createQueryBuilder('checkout')
      .where('checkout.due > checkout.told')
      .orderBy('checkout.updatedAt')
      .take(take)
      .getMany()
    return rows.map(({ orderId }) => orderId)
  }

  private forget(ctx: RequestContext, orderId: ID): void {
    this.requests.set(ctx, nameOf(orderId), undefined)
  }
}

function nameOf(orderId: ID): string {
  return `regulars-checkout ${orderId}`
}
