import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminCompany } from '../companies/company.schema.ts'
import { AdminCustomer } from '../customers/customer.schema.ts'
import { TierPinView } from './standing.schema.ts'
import { companyTiersInForce, sizesOfTiers, tiersInForce } from './standing.service.ts'
import type { Tier } from './tier.model.ts'
import { AdminTier } from './tier.schema.ts'
import { readTiers } from './tier.service.ts'

const OF_CUSTOMERS = Symbol('tiers of customers')
const OF_COMPANIES = Symbol('tiers of companies')
const SIZES = Symbol('sizes of tiers')

@Resolver(() => AdminCustomer)
export class CustomerTierAdmin {
  @FieldResolver(() => AdminTier, {
    nullable: true,
    description: "The tier in force now: the better of the customer's own and the company's.",
  })
  tier(@Root() customer: AdminCustomer, @Ctx() context: ApiContext): Promise<Tier | null> {
    return loaderOf(context, OF_CUSTOMERS, (ids: readonly string[], world) => tiersInForce(world, ids)).load(customer.id)
  }

  @FieldResolver(() => TierPinView, { nullable: true, description: 'Null unless the tier was given by hand.' })
  async pin(@Root() customer: AdminCustomer, @Ctx() { world }: ApiContext): Promise<TierPinView | null> {
    const { given } = customer
    if (given === null || (given.until !== null && given.until <= world.now)) return null
    const tier = (await readTiers(world)).find(({ id }) => id === given.tierId)
    return tier === undefined ? null : { tier, until: given.until === null ? null : new Date(given.until), reason: given.reason }
  }
}

@Resolver(() => AdminCompany)
export class CompanyTierAdmin {
  @FieldResolver(() => AdminTier, {
    nullable: true,
    description: 'The tier in force now; each of its people has it where it is better than their own.',
  })
  tier(@Root() company: AdminCompany, @Ctx() context: ApiContext): Promise<Tier | null> {
    return loaderOf(context, OF_COMPANIES, (ids: readonly string[], world) => companyTiersInForce(world, ids)).load(company.id)
  }
}

@Resolver(() => AdminTier)
export class TierSizeAdmin {
  @FieldResolver(() => Int, { description: "How many customers have it now, their company's counted where it is the better." })
  customerCount(@Root() tier: AdminTier, @Ctx() context: ApiContext): Promise<number> {
    return loaderOf(context, SIZES, (ids: readonly string[], world) => sizesOfTiers(world, ids)).load(tier.id)
  }
}
