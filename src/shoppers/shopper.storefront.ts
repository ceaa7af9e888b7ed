import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { issueShopperToken } from '../access/token.service.ts'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { StorefrontCoupon, toStorefrontCoupon } from '../coupons/coupon.schema.ts'
import { walletsOf } from '../coupons/coupon.service.ts'
import { CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { findCustomerId } from '../customers/customer.service.ts'
import { upsertCustomers } from '../customers/customer-file.service.ts'
import { CustomerInput, toWantedCustomer } from '../customers/customer-input.schema.ts'
import { within } from '../kernel/problem.ts'
import { refuse } from '../kernel/result.ts'
import { readBook } from '../pricebook/book.service.ts'
import type { World } from '../shell/world.ts'
import { StorefrontTier } from '../tiers/tier.schema.ts'
import { toOfferView } from './offer.view.ts'
import { offersOf } from './offers.service.ts'
import { TierProgressView } from './progress.schema.ts'
import { progressOfCustomers } from './progress.service.ts'
import type { KnownShopper } from './shopper.model.ts'
import { ShopperOfferView, ShopperView } from './shopper.schema.ts'
import { readShoppers } from './shopper.service.ts'
import { ShopperTokenView } from './token.schema.ts'
import { atStorefront } from './who.ts'

const KNOWN = Symbol('shoppers')
const OFFERED = Symbol('offers of shoppers')
const WALLETS = Symbol('coupons of shoppers')
const PROGRESS = Symbol('progress of shoppers')

@Resolver(() => ShopperView)
export class ShopperStorefront {
  @Authorized('STOREFRONT')
  @Query(() => ShopperView, {
    nullable: true,
    description: 'The shopper of the token, or the one named by a trusted caller; null when nobody is identified.',
  })
  async shopper(
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'PLUGIN keys only.' }) customer: CustomerRefInput | null,
    @Ctx() context: ApiContext,
  ): Promise<ShopperView | null> {
    const { shopper } = await atStorefront(context, customer)
    return shopper && { id: shopper.id }
  }

  @FieldResolver(() => String, { nullable: true, description: "The customer's name in the shop's own system." })
  async externalId(@Root() { id }: ShopperView, @Ctx() context: ApiContext): Promise<string | null> {
    return (await known(context, id)).externalId
  }

  @FieldResolver(() => StorefrontTier, {
    nullable: true,
    description: "The tier in force: the better of the shopper's own and their company's.",
  })
  async tier(@Root() { id }: ShopperView, @Ctx() context: ApiContext): Promise<StorefrontTier | null> {
    const { facts } = await known(context, id)
    return (await readBook(context.world)).tiers.find((tier) => tier.code === facts.tierCode) ?? null
  }

  @FieldResolver(() => [String], { nullable: true, description: 'Plugin keys only; null for a browser.' })
  async tags(@Root() { id }: ShopperView, @Ctx() context: ApiContext): Promise<readonly string[] | null> {
    return context.caller.kind === 'PLUGIN' ? (await known(context, id)).facts.tags : null
  }

  @FieldResolver(() => [ShopperOfferView], {
    description:
      'What this shopper may have now: live offers of both levels, automatic, by code, or by a coupon that they own or may claim. A code that anyone may type is never shown.',
  })
  async offers(@Root() { id }: ShopperView, @Ctx() context: ApiContext): Promise<ShopperOfferView[]> {
    const shopper = await known(context, id)
    const book = await readBook(context.world)
    const offers = await loaderOf(context, OFFERED, (shoppers: readonly KnownShopper[], world: World) =>
      offersOf(world, book, shoppers),
    ).load(shopper)
    return offers.map((offer) => toOfferView(offer, book.tiers, shopper.facts.tierCode))
  }

  @FieldResolver(() => [StorefrontCoupon], {
    description: 'Their wallet: what can be used first, then what is held, then the rest; each the newest first. At most 250.',
  })
  async coupons(@Root() { id }: ShopperView, @Ctx() context: ApiContext): Promise<StorefrontCoupon[]> {
    const wallet = await loaderOf(context, WALLETS, (ids: readonly string[], world: World) => walletsOf(world, ids)).load(id)
    return wallet.map(toStorefrontCoupon)
  }

  @FieldResolver(() => TierProgressView, {
    nullable: true,
    description: 'The next tier up, what is still missing for it and what it would open; null at the top.',
  })
  nextTier(@Root() { id }: ShopperView, @Ctx() context: ApiContext): Promise<TierProgressView | null> {
    return loaderOf(context, PROGRESS, (ids: readonly string[], world) => progressOfCustomers(world, ids)).load(id)
  }

  @Authorized('PLUGIN')
  @Mutation(() => [ShopperView], { description: 'Creates or updates customers by external id. At most 500 a call. Plugin key.' })
  async upsertCustomers(
    @Arg('customers', () => [CustomerInput], { description: 'In any order; the answer is in the same.' }) customers: CustomerInput[],
    @Ctx() { world }: ApiContext,
  ): Promise<ShopperView[]> {
    const ids = unwrap(await upsertCustomers(world, customers.map(toWantedCustomer)))
    return ids.map((id) => ({ id }))
  }

  @Authorized('PLUGIN')
  @Mutation(() => ShopperTokenView, {
    description: 'A short-lived signed token with which a browser reads as this customer; 60 to 86,400 s. Plugin key.',
  })
  async issueShopperToken(
    @Arg('customer', () => CustomerRefInput, { description: 'Whom the browser reads as.' }) customer: CustomerRefInput,
    @Arg('ttlSeconds', () => Int, { nullable: true, defaultValue: 3_600, description: 'How long it is good; 60 to 86,400.' }) ttlSeconds:
      | number
      | null,
    @Ctx() { world }: ApiContext,
  ): Promise<ShopperTokenView> {
    const found = await findCustomerId(world, unwrap(toCustomerRef(customer, 'customer')))
    const id = unwrap(found.ok ? found : refuse(within(found.problem, 'customer')))
    const { token, expiresAt } = unwrap(await issueShopperToken(world, id, ttlSeconds ?? 3_600))
    return { token, expiresAt: new Date(expiresAt) }
  }
}

async function known(context: ApiContext, id: string): Promise<KnownShopper> {
  const shopper = await loaderOf(context, KNOWN, shoppersByIds).load(id)
  if (shopper === null) throw new Error(`shopper ${id} is gone`)
  return shopper
}

const shoppersByIds = async (ids: readonly string[], world: World) => readShoppers(world, await readBook(world), ids)
