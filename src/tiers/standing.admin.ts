import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { AdminCompany, toAdminCompany } from '../companies/company.schema.ts'
import { companiesByIds } from '../companies/company.service.ts'
import { AdminCustomer, CustomerRefInput, toAdminCustomer, toCustomerRef } from '../customers/customer.schema.ts'
import { customersByIds } from '../customers/customer.service.ts'
import type { World } from '../shell/world.ts'
import { evaluateTiers } from './evaluation.service.ts'
import { TierEvaluationView } from './standing.schema.ts'
import { pinCompanyTier, pinTier, unpinCompanyTier, unpinTier } from './standing.service.ts'

@Resolver()
export class StandingAdmin {
  @Authorized('tiers:write')
  @Mutation(() => TierEvaluationView, {
    description:
      'Evaluates every customer and company against the programme now: up at once, down where the grace is over. It happens by itself each day, too.',
  })
  async evaluateTiers(
    @Arg('dryRun', () => Boolean, { nullable: true, defaultValue: false, description: 'True: says what would happen and changes nothing.' })
    dryRun: boolean | null,
    @Ctx() { world }: ApiContext,
  ): Promise<TierEvaluationView> {
    return unwrap(await evaluateTiers(world, dryRun ?? false))
  }

  @Authorized('tiers:pin')
  @Mutation(() => AdminCustomer, {
    description: 'Gives a customer a tier by hand until an instant (or for good); evaluation leaves it alone until then.',
  })
  async pinTier(
    @Arg('customer', () => CustomerRefInput, { description: 'Whom.' }) customer: CustomerRefInput,
    @Arg('tierCode', () => String, { description: 'Which tier.' }) tierCode: string,
    @Arg('until', () => DateTime, { nullable: true, description: 'Until when; absent: for good. It must lie ahead.' }) until: Date | null,
    @Arg('reason', () => String, { description: 'Why; 1 to 1000 characters.' }) reason: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCustomer> {
    const ref = unwrap(toCustomerRef(customer, 'customer'))
    return customerView(world, unwrap(await pinTier(world, ref, { tierCode, until: until?.getTime() ?? null, reason })))
  }

  @Authorized('tiers:pin')
  @Mutation(() => AdminCustomer, { description: 'Takes the pin away: what evaluation gave is in force again.' })
  async unpinTier(
    @Arg('customer', () => CustomerRefInput, { description: 'Whose.' }) customer: CustomerRefInput,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCustomer> {
    return customerView(world, unwrap(await unpinTier(world, unwrap(toCustomerRef(customer, 'customer')))))
  }

  @Authorized('tiers:pin')
  @Mutation(() => AdminCompany, {
    description: 'Gives a company a tier by hand: each of its people has it where it is better than their own.',
  })
  async pinCompanyTier(
    @Arg('externalId', () => String, { description: "The company's external id." }) externalId: string,
    @Arg('tierCode', () => String, { description: 'Which tier.' }) tierCode: string,
    @Arg('until', () => DateTime, { nullable: true, description: 'Until when; absent: for good. It must lie ahead.' }) until: Date | null,
    @Arg('reason', () => String, { description: 'Why; 1 to 1000 characters.' }) reason: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCompany> {
    return companyView(world, unwrap(await pinCompanyTier(world, externalId, { tierCode, until: until?.getTime() ?? null, reason })))
  }

  @Authorized('tiers:pin')
  @Mutation(() => AdminCompany, { description: "Takes the company's pin away." })
  async unpinCompanyTier(
    @Arg('externalId', () => String, { description: "The company's external id." }) externalId: string,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCompany> {
    return companyView(world, unwrap(await unpinCompanyTier(world, externalId)))
  }
}

async function customerView(world: World, id: string): Promise<AdminCustomer> {
  const [customer] = await customersByIds(world, [id])
  if (customer === undefined) throw new Error(`customer ${id} is gone`)
  return toAdminCustomer(customer)
}

async function companyView(world: World, id: string): Promise<AdminCompany> {
  const [company] = await companiesByIds(world, [id])
  if (company === undefined) throw new Error(`company ${id} is gone`)
  return toAdminCompany(company)
}
