import { Arg, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminCompany, toAdminCompany } from '../companies/company.schema.ts'
import { companiesByIds } from '../companies/company.service.ts'
import type { World } from '../shell/world.ts'
import {
  AdminCustomer,
  ConsentView,
  CustomerRefInput,
  IdentityView,
  MergedCustomerView,
  toAdminCustomer,
  toCustomerRef,
} from './customer.schema.ts'
import { consentHistoryOf, consentsOf, customersByIds, findCustomerIds, identitiesOf, tagsOf } from './customer.service.ts'
import { mergedInto } from './merge.service.ts'

const COMPANIES = Symbol('companies of customers')
const IDENTITIES = Symbol('identities of customers')
const TAGS = Symbol('tags of customers')
const CONSENTS = Symbol('consents of customers')
const HISTORIES = Symbol('histories of consents of customers')
const MERGED = Symbol('who was merged into customers')

@Resolver(() => AdminCustomer)
export class CustomerAdmin {
  @Authorized('customers:read')
  @Query(() => AdminCustomer, { nullable: true, description: 'Whom a reference names, merges followed; null for nobody.' })
  async customer(
    @Arg('ref', () => CustomerRefInput, { description: 'Whom.' }) ref: CustomerRefInput,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminCustomer | null> {
    const [id] = await findCustomerIds(world, [unwrap(toCustomerRef(ref, 'ref'))])
    const [customer] = id ? await customersByIds(world, [id]) : []
    return customer === undefined ? null : toAdminCustomer(customer)
  }

  @FieldResolver(() => [IdentityView], {
    description: 'Every name by which the customer is known: those of customers merged into this one, too.',
  })
  identities(@Root() customer: AdminCustomer, @Ctx() context: ApiContext): Promise<readonly IdentityView[]> {
    return loaderOf(context, IDENTITIES, (ids: readonly string[], world) => identitiesOf(world, ids)).load(customer.id)
  }

  @FieldResolver(() => AdminCompany, { nullable: true, description: 'The company that this person buys for.' })
  async company(@Root() { companyId }: AdminCustomer, @Ctx() context: ApiContext): Promise<AdminCompany | null> {
    return companyId === null ? null : loaderOf(context, COMPANIES, readCompanies).load(companyId)
  }

  @FieldResolver(() => [String], { description: 'In the order of the alphabet, as they were first written.' })
  tags(@Root() customer: AdminCustomer, @Ctx() context: ApiContext): Promise<readonly string[]> {
    return loaderOf(context, TAGS, (ids: readonly string[], world) => tagsOf(world, ids)).load(customer.id)
  }

  @FieldResolver(() => [ConsentView], { description: 'What holds now: the newest word on each channel that there was one on.' })
  async consents(@Root() customer: AdminCustomer, @Ctx() context: ApiContext): Promise<ConsentView[]> {
    const consents = await loaderOf(context, CONSENTS, (ids: readonly string[], world) => consentsOf(world, ids)).load(customer.id)
    return consents.map((consent) => ({ ...consent, at: new Date(consent.at) }))
  }

  @FieldResolver(() => [ConsentView], { description: 'Every word on every channel, the newest first: none is ever overwritten.' })
  async consentHistory(@Root() customer: AdminCustomer, @Ctx() context: ApiContext): Promise<ConsentView[]> {
    const consents = await loaderOf(context, HISTORIES, (ids: readonly string[], world) => consentHistoryOf(world, ids)).load(customer.id)
    return consents.map((consent) => ({ ...consent, at: new Date(consent.at) }))
  }

  @FieldResolver(() => [MergedCustomerView], {
    description: 'Who was merged into this customer and can be given back: the first merged first.',
  })
  async mergedCustomers(@Root() customer: AdminCustomer, @Ctx() context: ApiContext): Promise<MergedCustomerView[]> {
    const merged = await loaderOf(context, MERGED, (ids: readonly string[], world) => mergedInto(world, ids)).load(customer.id)
    return merged.map(({ customer: { id, externalId, name }, merge: { at, reason } }) => ({
      id,
      externalId,
      name,
      at: new Date(at),
      reason,
    }))
  }
}

async function readCompanies(ids: readonly string[], world: World): Promise<(AdminCompany | null)[]> {
  const found = new Map((await companiesByIds(world, ids)).map((company) => [company.id as string, toAdminCompany(company)]))
  return ids.map((id) => found.get(id) ?? null)
}
