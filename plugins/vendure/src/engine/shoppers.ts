import { Injectable } from '@nestjs/common'
import type { CustomerRef } from '@regulars/client'
import { type Cache, CacheService, CustomerService, type Order, type RequestContext } from '@vendure/core'

/**
 * Who is asking. A customer is whoever signed in, never whoever typed an email into a checkout: prices, coupons and limits
 * would be anybody's otherwise. Staff, who make an order for a customer, are believed.
 */
@Injectable()
export class Shoppers {
  private readonly customerIds: Cache

  constructor(
    private readonly customers: CustomerService,
    caches: CacheService,
  ) {
    this.customerIds = caches.createCache({ getKey: (userId) => `regulars-customer-of-user:${userId}`, options: { ttl: 600_000 } })
  }

  async signedIn(ctx: RequestContext): Promise<CustomerRef | null> {
    const userId = ctx.activeUserId
    if (userId === undefined || ctx.apiType !== 'shop') return null
    const id = await this.customerIds.get(userId, async () => String((await this.customers.findOneByUserId(ctx, userId))?.id ?? ''))
    return id === '' ? null : { externalId: id }
  }

  async ofOrder(ctx: RequestContext, order: Order): Promise<CustomerRef | null> {
    if (ctx.apiType === 'shop') return this.signedIn(ctx)
    if (order.customerId === undefined) return null
    const customer = await this.customers.findOne(ctx, order.customerId, ['user'])
    return customer?.user ? { externalId: String(customer.id) } : null
  }
}
