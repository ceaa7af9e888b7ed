import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { Json } from '../api/shared/scalars.ts'
import { CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { eraseCustomer, exportCustomer } from '../customers/personal-data.service.ts'
import { BELONGINGS } from './belongings.service.ts'

@Resolver()
export class PersonalDataAdmin {
  @Authorized('customers:erase')
  @Query(() => Json, {
    description:
      'All that is kept about a customer, for when they ask: facts, names, tags, every consent, merges, tiers, segments, scores, orders, gifts, returns, coupons, reservations, limits in use, private links that name them, campaigns, and who changed what. What the shop earned by them is left out.',
  })
  async exportCustomer(
    @Arg('ref', () => CustomerRefInput, { description: 'Whom.' }) ref: CustomerRefInput,
    @Ctx() { world }: ApiContext,
  ): Promise<object> {
    return unwrap(await exportCustomer(world, unwrap(toCustomerRef(ref, 'ref')), BELONGINGS))
  }

  @Authorized('customers:erase')
  @Mutation(() => Boolean, {
    description:
      "Forgets who a customer is, for good: facts, names, tags, consents, segments and how they looked in the audit log; coupons are called back, campaigns left. Orders and figures stay under the same id, as nobody's; so does the proof of what they objected to.",
  })
  async eraseCustomer(
    @Arg('ref', () => CustomerRefInput, { description: 'Whom.' }) ref: CustomerRefInput,
    @Arg('reason', () => String, { description: 'Why; 1 to 1000 characters. It is kept: name nobody in it.' }) reason: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await eraseCustomer(world, unwrap(toCustomerRef(ref, 'ref')), reason, BELONGINGS))
  }
}
