import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { refuseUntrusted } from '../api/shared/trusted.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { ShopperView } from '../shoppers/shopper.schema.ts'
import { preferencesOf, savePreferences } from './objection.service.ts'
import { PreferencesInput, PreferencesView, toPreferencesView, toProof, toWantedPreferences } from './preference.schema.ts'

const PREFERENCES = Symbol('preferences of shoppers')

@Resolver(() => ShopperView)
export class PreferenceStorefront {
  @FieldResolver(() => PreferencesView, { description: 'How they want to be spoken to: for a page on which they say so.' })
  async preferences(@Root() { id }: ShopperView, @Ctx() context: ApiContext): Promise<PreferencesView> {
    return toPreferencesView(await loaderOf(context, PREFERENCES, (ids: readonly string[], world) => preferencesOf(world, ids)).load(id))
  }

  @Authorized('STOREFRONT')
  @Mutation(() => PreferencesView, {
    nullable: true,
    description:
      "Keeps how a shopper wants to be spoken to, with the wording that they saw as the proof. A no counts at once, also for what is queued. The shopper's own token, or plugin key with `customer`; null, and nothing is kept, when nobody is identified.",
  })
  async savePreferences(
    @Arg('input', () => PreferencesInput, { description: 'What they want.' }) input: PreferencesInput,
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'PLUGIN keys only; else the shopper of the token.' })
    customer: CustomerRefInput | null,
    @Ctx() context: ApiContext,
  ): Promise<PreferencesView | null> {
    refuseUntrusted(context, 'customer', customer !== null && customer !== undefined)
    const ref = customer ? unwrap(toCustomerRef(customer, 'customer')) : shopperOf(context)
    if (ref === null) return null
    return toPreferencesView(unwrap(await savePreferences(context.world, ref, toWantedPreferences(input), toProof(input))))
  }
}

const shopperOf = ({ caller }: ApiContext): CustomerRef | null =>
  caller.kind === 'PUBLISHABLE' && caller.shopperId !== null ? { by: 'id', value: caller.shopperId } : null
