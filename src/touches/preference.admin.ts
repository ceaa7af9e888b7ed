import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminCustomer, CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { object, objectionsOf, preferencesOf, savePreferences, withdrawObjection } from './objection.service.ts'
import {
  ObjectionView,
  PreferencesInput,
  PreferencesView,
  ProofInput,
  toObjectionView,
  toPreferencesView,
  toProof,
  toWantedPreferences,
} from './preference.schema.ts'
import { ObjectionScopeName } from './touch-words.schema.ts'

const PREFERENCES = Symbol('preferences of customers')
const OBJECTIONS = Symbol('objections of customers')

@Resolver(() => AdminCustomer)
export class PreferenceAdmin {
  @FieldResolver(() => PreferencesView, { description: 'How they want to be spoken to.' })
  async preferences(@Root() { id }: AdminCustomer, @Ctx() context: ApiContext): Promise<PreferencesView> {
    return toPreferencesView(await loaderOf(context, PREFERENCES, (ids: readonly string[], world) => preferencesOf(world, ids)).load(id))
  }

  @FieldResolver(() => [ObjectionView], {
    description: 'What they objected to, withdrawn or not, the newest first; at most the newest 250. With the proof of it.',
  })
  async objections(@Root() { id }: AdminCustomer, @Ctx() context: ApiContext): Promise<ObjectionView[]> {
    const found = await loaderOf(context, OBJECTIONS, (ids: readonly string[], world) => objectionsOf(world, ids)).load(id)
    return found.map(toObjectionView)
  }

  @Authorized('tasks:write')
  @Mutation(() => PreferencesView, {
    description:
      'Notes that a customer does not want to be spoken to, on a channel or at all. It counts at once, also for what is queued. Said again it is nothing new.',
  })
  async recordObjection(
    @Arg('customer', () => CustomerRefInput, { description: 'Who said so.' }) customer: CustomerRefInput,
    @Arg('scope', () => ObjectionScopeName, { description: 'To what they object.' }) scope: ObjectionScopeName,
    @Arg('proof', () => ProofInput, { nullable: true, description: 'How it is known.' }) proof: ProofInput | null,
    @Ctx() { world }: ApiContext,
  ): Promise<PreferencesView> {
    return toPreferencesView(unwrap(await object(world, unwrap(toCustomerRef(customer, 'customer')), scope, toProof(proof))))
  }

  @Authorized('tasks:write')
  @Mutation(() => PreferencesView, {
    description:
      'Notes that a customer takes an objection back. What they had said yes to before holds again; where they had said nothing they are asked first.',
  })
  async withdrawObjection(
    @Arg('customer', () => CustomerRefInput, { description: 'Who said so.' }) customer: CustomerRefInput,
    @Arg('scope', () => ObjectionScopeName, { description: 'The objection as it was.' }) scope: ObjectionScopeName,
    @Arg('proof', () => ProofInput, { nullable: true, description: 'How it is known.' }) proof: ProofInput | null,
    @Ctx() { world }: ApiContext,
  ): Promise<PreferencesView> {
    return toPreferencesView(unwrap(await withdrawObjection(world, unwrap(toCustomerRef(customer, 'customer')), scope, toProof(proof))))
  }

  @Authorized('tasks:write')
  @Mutation(() => PreferencesView, { description: 'Notes how a customer wants to be spoken to, as they told the staff.' })
  async saveCustomerPreferences(
    @Arg('customer', () => CustomerRefInput, { description: 'Who said so.' }) customer: CustomerRefInput,
    @Arg('input', () => PreferencesInput, { description: 'What they want.' }) input: PreferencesInput,
    @Ctx() { world }: ApiContext,
  ): Promise<PreferencesView> {
    const ref = unwrap(toCustomerRef(customer, 'customer'))
    return toPreferencesView(
      unwrap(await savePreferences(world, ref, toWantedPreferences(input), toProof(input), 'saveCustomerPreferences')),
    )
  }
}
