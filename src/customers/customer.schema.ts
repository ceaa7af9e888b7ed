import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Day, Json } from '../api/shared/scalars.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Consent, Customer, CustomerRef } from './customer.model.ts'
import { Channel, CustomerKind, CustomerPurpose, CustomerRole, Gender, TouchPurpose } from './customer-words.schema.ts'

@InputType('CustomerRef', { description: 'How a caller names a customer: exactly one field. Somebody merged into another is that other.' })
export class CustomerRefInput {
  @Field(() => ID, { nullable: true, description: "The engine's own id." }) id?: string | null
  @Field(() => String, { nullable: true, description: 'By which the shop system knows the customer.' }) externalId?: string | null
  @Field(() => String, { nullable: true, description: 'Names only whoever it was verified for; in any case.' }) email?: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Names only whoever it was verified for, however it is written. Masked and relay numbers name nobody.',
  })
  phone?: string | null
}

const WAYS = ['id', 'externalId', 'email', 'phone'] as const

/** The schema says @oneOf, but not every executor holds to it: checked again here. */
export function toCustomerRef(input: CustomerRefInput, ...path: (string | number)[]): Result<CustomerRef, Problem> {
  const given = WAYS.flatMap((by) => {
    const value = input[by]
    return value === null || value === undefined ? [] : [{ by, value }]
  })
  const [ref] = given
  if (ref === undefined || given.length > 1)
    return refuse(problem('BAD_USER_INPUT', 'Name a customer by exactly one of id, externalId, email and phone.', path))
  return accept(ref)
}

/** Many of them, each with its place in the list as path. */
export function toCustomerRefs(inputs: readonly CustomerRefInput[], ...path: (string | number)[]): Result<readonly CustomerRef[], Problem> {
  const refs: CustomerRef[] = []
  for (const [i, input] of inputs.entries()) {
    const ref = toCustomerRef(input, ...path, i)
    if (!ref.ok) return ref
    refs.push(ref.value)
  }
  return accept(refs)
}

@ObjectType('Identity', { description: 'A name by which a customer is known.', simpleResolvers: true })
export class IdentityView {
  @Field(() => String, { description: 'externalId, email, phone, or the name of another system (unionid, ...).' }) kind!: string
  @Field(() => String, { description: 'Emails in lower case; Chinese mobiles as 11 digits.' }) value!: string
  @Field(() => Boolean, { description: 'Whether it is known to be theirs. Only then does it name them.' }) verified!: boolean
}

@ObjectType('Consent', { description: "A customer's word on one channel: the newest.", simpleResolvers: true })
export class ConsentView {
  @Field(() => Channel, { description: 'Where they may be reached, or not.' }) channel!: Consent['channel']
  @Field(() => Boolean, { description: 'Whether they agreed.' }) granted!: boolean
  @Field(() => DateTime, { description: 'When they said so.' }) at!: Date
  @Field(() => String, { nullable: true, description: 'What was agreed to, where, in which version of the wording.' }) source!:
    | string
    | null
  @Field(() => TouchPurpose, { nullable: true, description: 'What they may be spoken to for, or not; null: everything.' })
  purpose!: Consent['purpose']
  @Field(() => String, { nullable: true, description: 'What they were asked, word by word, as far as it was kept.' }) wording!:
    | string
    | null
}

@ObjectType('MergedCustomer', { description: 'Somebody who was found to be part of this customer.', simpleResolvers: true })
export class MergedCustomerView {
  @Field(() => ID, { description: 'For unmergeCustomer.' }) id!: string
  @Field(() => String, { nullable: true, description: 'By which the shop system knows them.' }) externalId!: string | null
  @Field(() => String, { nullable: true, description: 'What they are called there.' }) name!: string | null
  @Field(() => DateTime, { description: 'When they were merged.' }) at!: Date
  @Field(() => String, { description: 'Why.' }) reason!: string
}

@ObjectType('Customer', { description: 'A person or company the shop knows.', simpleResolvers: true })
export class AdminCustomer {
  @Field(() => ID, { description: 'Stays the same whatever else changes.' }) id!: string
  @Field(() => String, { nullable: true, description: 'By which the shop system knows the customer.' }) externalId!: string | null
  @Field(() => String, { nullable: true, description: 'What they are called.' }) name!: string | null
  @Field(() => String, { nullable: true, description: 'To write to. Names them only if verified.' }) email!: string | null
  @Field(() => Boolean, { description: 'Whether the email names this customer.' }) emailVerified!: boolean
  @Field(() => String, { nullable: true, description: 'To call. Names them only if verified; may be masked or a relay number.' }) phone!:
    | string
    | null
  @Field(() => Boolean, { description: 'Whether the phone names this customer.' }) phoneVerified!: boolean
  @Field(() => CustomerKind, { description: 'Individual or enterprise.' }) kind!: Customer['kind']
  @Field(() => CustomerRole, { nullable: true, description: 'What they do in their company.' }) role!: Customer['role']
  @Field(() => String, { nullable: true, description: "What they do; their company's industry stands at the company." }) industry!:
    | string
    | null
  @Field(() => CustomerPurpose, { nullable: true, description: 'What they buy for.' }) purpose!: Customer['purpose']
  @Field(() => Gender, { nullable: true, description: 'As they say it.' }) gender!: Customer['gender']
  @Field(() => Day, { nullable: true, description: 'Their birthday.' }) birthDate!: string | null
  @Field(() => String, { nullable: true, description: 'As the shop writes it, e.g. zh-CN.' }) language!: string | null
  @Field(() => String, { nullable: true, description: 'As the shop writes it.' }) country!: string | null
  @Field(() => String, { nullable: true, description: 'As the shop writes it.' }) region!: string | null
  @Field(() => String, { nullable: true, description: 'As the shop writes it.' }) city!: string | null
  @Field(() => String, { nullable: true, description: 'Where they came from: a channel, a shop, an advertisement.' }) source!: string | null
  @Field(() => Json, { description: "The shop's own facts of the customer, by name." }) attributes!: Customer['attributes']
  @Field(() => DateTime, { description: 'Since when they are a customer.' }) registeredAt!: Date
  /** For the fields that later rooms resolve; not in the API themselves. */
  companyId!: Customer['companyId']
  tierId!: Customer['tierId']
  given!: Customer['pin']
}

@ObjectType('CustomerConnection', { description: 'A page of customers.', simpleResolvers: true })
export class AdminCustomerConnection extends connectionOf(AdminCustomer) {}

export const toAdminCustomer = ({ pin, mergedInto: _, registeredAt, ...customer }: Customer): AdminCustomer => ({
  ...customer,
  registeredAt: new Date(registeredAt),
  given: pin,
})
