import { Injectable } from '@nestjs/common'
import type { CustomerRef } from '@regulars/client'
import type { RequestContext } from '@vendure/core'
import { CustomerSync } from '../sync/customers'
import { type Engine, isCode } from './engine'

/** Whoever signed up a moment ago may be asked for before the job told the engine of them: then they are told now. */
@Injectable()
export class Known {
  constructor(private readonly customers: CustomerSync) {}

  async ask<T>(ctx: RequestContext, engine: Engine, customer: CustomerRef | null, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      if (customer?.externalId == null || !isCode(error, 'UNKNOWN_CUSTOMER')) throw error
      await engine.hurried((storefront) => this.customers.send(ctx, storefront, [customer.externalId as string]))
      return ask()
    }
  }
}
