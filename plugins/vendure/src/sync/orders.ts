import { Injectable } from '@nestjs/common'
import type { Storefront } from '@regulars/client'
import { type ID, Order, type RequestContext, TransactionalConnection } from '@vendure/core'
import { IsNull, MoreThan, Not } from 'typeorm'
import { Settlement } from '../checkout/settlement'

/** The history: every placed order goes the way that a new one goes, so that it may be sent twice. */
@Injectable()
export class OrderSync {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly settlement: Settlement,
  ) {}

  async send(ctx: RequestContext, storefront: Storefront, ids: readonly ID[]): Promise<void> {
    for (const id of ids) await this.settlement.settle(ctx, storefront, id)
  }

  async after(ctx: RequestContext, id: ID, take: number): Promise<ID[]> {
    const where = { id: MoreThan(id), orderPlacedAt: Not(IsNull()), channels: { id: ctx.channelId } }
    const found = await this.connection.getRepository(ctx, Order).find({ where, order: { id: 'ASC' }, take, select: { id: true } })
    return found.map((order) => order.id)
  }
}
