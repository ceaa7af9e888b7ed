import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { AdminCustomer, CustomerRefInput, toAdminCustomer, toCustomerRef } from '../customers/customer.schema.ts'
import { mergeCustomers, unmergeCustomer } from '../customers/merge.service.ts'
import { BELONGINGS } from './belongings.service.ts'

@Resolver()
export class MergeAdmin {
  @Authorized('customers:merge')
  @Mutation(() => AdminCustomer, {
    description:
      'Makes `from` part of `into`: identities, orders, tags, consents, coupons and limits in use come along, and what `into` does not know is filled in. Can be undone with unmergeCustomer. CONFLICT when one of them is part of another customer already.',
  })
  async mergeCustomers(
    @Arg('from', () => CustomerRefInput, { description: 'Who is found to be the same person.' }) from: CustomerRefInput,
    @Arg('into', () => CustomerRefInput, { description: 'Who they are from now on.' }) into: CustomerRefInput,
    @Arg('reason', () => String, { description: 'Why; 1 to 1000 characters.' }) reason: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCustomer> {
    const refs = { from: unwrap(toCustomerRef(from, 'from')), into: unwrap(toCustomerRef(into, 'into')) }
    return toAdminCustomer(unwrap(await mergeCustomers(world, refs, reason, BELONGINGS)))
  }

  @Authorized('customers:merge')
  @Mutation(() => AdminCustomer, {
    description:
      'Gives back what the merge of this customer took; orders since stay where they are. Several merges one after another are undone the last first.',
  })
  async unmergeCustomer(
    @Arg('from', () => ID, { description: 'The id of the customer who was merged into another.' }) from: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCustomer> {
    return toAdminCustomer(unwrap(await unmergeCustomer(world, from, BELONGINGS)))
  }
}
