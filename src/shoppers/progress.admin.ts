import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminCustomer } from '../customers/customer.schema.ts'
import { AdminTierProgressView } from './progress.schema.ts'
import { progressOfCustomers } from './progress.service.ts'

const PROGRESS = Symbol('progress of customers')

@Resolver(() => AdminCustomer)
export class ProgressAdmin {
  @FieldResolver(() => AdminTierProgressView, {
    nullable: true,
    description: 'The next tier up, what is still missing for it and what it would open; null at the top.',
  })
  nextTier(@Root() { id }: AdminCustomer, @Ctx() context: ApiContext): Promise<AdminTierProgressView | null> {
    return loaderOf(context, PROGRESS, (ids: readonly string[], world) => progressOfCustomers(world, ids)).load(id)
  }
}
