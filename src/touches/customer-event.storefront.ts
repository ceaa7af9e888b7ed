import { Arg, Authorized, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { toCustomerRef } from '../customers/customer.schema.ts'
import { instant } from '../kernel/clock.ts'
import { CustomerEventInput } from './customer-event.schema.ts'
import { recordCustomerEvents } from './customer-event.service.ts'

@Resolver()
export class CustomerEventStorefront {
  @Authorized('PLUGIN')
  @Mutation(() => Int, {
    description:
      'Records what happened to customers and keeps marketing away from them while it lasts: complaints, orders on their way, refunds. All of them or none, idempotent by externalId; how many are new or other than before is the answer. At most 500 a call. Plugin key.',
  })
  async recordCustomerEvents(
    @Arg('events', () => [CustomerEventInput], { description: 'In any order: what counts is when each happened.' })
    events: CustomerEventInput[],
    @Ctx() { world }: ApiContext,
  ): Promise<number> {
    const given = events.map(({ externalId, customer, kind, subject, at }, i) => ({
      externalId,
      customer: unwrap(toCustomerRef(customer, 'events', i, 'customer')),
      kind,
      subject: subject ?? null,
      at: at == null ? null : instant(at),
    }))
    return unwrap(await recordCustomerEvents(world, given))
  }
}
