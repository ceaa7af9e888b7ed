import { Field, InputType } from 'type-graphql'
import { DateTime, Day, Json } from '../api/shared/scalars.ts'
import { type Instant, instant } from '../kernel/clock.ts'
import type { Day as CalendarDay } from '../kernel/zone.ts'
import type { WantedCustomer } from './customer.model.ts'
import { Channel, CustomerKind, CustomerPurpose, CustomerRole, Gender, TouchPurpose } from './customer-words.schema.ts'

@InputType('IdentityInput', { description: 'A name in another system. It is kept and tells nobody apart: it names nobody here.' })
export class IdentityInput {
  @Field(() => String, { description: 'Which system: unionid, taobao_nick, ...; 1 to 40 letters, digits, _, - and .' }) kind!: string
  @Field(() => String, { description: 'The name there; 1 to 200 characters.' }) value!: string
}

@InputType('ConsentInput', { description: 'A word of a customer on one channel. None is ever overwritten; the newest holds.' })
export class ConsentInput {
  @Field(() => Channel, { description: 'Which channel.' }) channel!: Channel
  @Field(() => Boolean, { description: 'False: an objection.' }) granted!: boolean
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it was said. Absent, or ahead: now, and nothing new if the newest of the channel says the same. A yes without it does not take back a no that the customer told the shop itself (preferences, objections).',
  })
  at?: Date | null
  @Field(() => String, {
    nullable: true,
    description: 'What was agreed to, where, in which version of the wording; at most 1000 characters.',
  })
  source?: string | null
  @Field(() => TouchPurpose, {
    nullable: true,
    description: 'What they may be spoken to for, or not. Absent: for everything.',
  })
  purpose?: TouchPurpose | null
  @Field(() => String, { nullable: true, description: 'What they were asked, word by word; at most 2000 characters.' })
  wording?: string | null
}

@InputType('CustomerInput', {
  description: 'What is told of a customer. What is left out, or null, stays as it is; an empty text takes away what was there.',
})
export class CustomerInput {
  @Field(() => String, {
    description:
      'By which the caller knows them; 1 to 200 characters. Twice in a call: as if sent one after the other. One that was merged into another customer writes into that one, email and phone beside those there.',
  })
  externalId!: string
  @Field(() => String, { nullable: true, description: 'At most 200 characters. Another than before: the old one names them no more.' })
  email?: string | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'True: the email is known to be theirs, and names them from now on, unless it names somebody else already. False takes nothing back of an address that was verified.',
  })
  emailVerified?: boolean | null
  @Field(() => String, { nullable: true, description: 'At most 200 characters; masked and relay numbers are kept but name nobody.' })
  phone?: string | null
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'As emailVerified, of the phone.' }) phoneVerified?:
    | boolean
    | null
  @Field(() => [IdentityInput], {
    nullable: true,
    description: 'Names in other systems: unionid, a marketplace nickname, ... Added to those known; at most 50.',
  })
  identities?: IdentityInput[] | null
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' }) name?: string | null
  @Field(() => CustomerKind, { nullable: true, description: 'New customers: INDIVIDUAL.' }) kind?: CustomerKind | null
  @Field(() => CustomerRole, { nullable: true, description: 'What they do in their company.' }) role?: CustomerRole | null
  @Field(() => String, { nullable: true, description: 'The company that this person buys for. Unknown: UNKNOWN_COMPANY.' })
  companyExternalId?: string | null
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' }) industry?: string | null
  @Field(() => CustomerPurpose, { nullable: true, description: 'What they buy for.' }) purpose?: CustomerPurpose | null
  @Field(() => Gender, { nullable: true, description: 'As they say it.' }) gender?: Gender | null
  @Field(() => Day, { nullable: true, description: 'Their birthday.' }) birthDate?: string | null
  @Field(() => String, { nullable: true, description: 'E.g. zh-CN; at most 200 characters.' }) language?: string | null
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' }) country?: string | null
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' }) region?: string | null
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' }) city?: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Where the customer came from: a channel, a shop, an advertisement; at most 200 characters.',
  })
  source?: string | null
  @Field(() => DateTime, { nullable: true, description: 'Since when they are a customer. New customers: now.' }) registeredAt?: Date | null
  @Field(() => [String], {
    nullable: true,
    description: 'Added to the tags that the customer has, whatever their case; at most 100 of 1 to 100 characters.',
  })
  tags?: string[] | null
  @Field(() => [ConsentInput], { nullable: true, description: 'Added to what was said before; at most 50.' }) consents?:
    | ConsentInput[]
    | null
  @Field(() => Json, {
    nullable: true,
    description:
      "The shop's own facts, an object: each name is written over, null takes it away, others stay. At most 200 names and 20,000 characters in all.",
  })
  attributes?: Record<string, unknown> | null
}

export const toWantedCustomer = (input: CustomerInput): WantedCustomer => ({
  externalId: input.externalId,
  email: input.email ?? null,
  emailVerified: input.emailVerified ?? false,
  phone: input.phone ?? null,
  phoneVerified: input.phoneVerified ?? false,
  identities: input.identities ?? [],
  name: input.name ?? null,
  kind: input.kind ?? null,
  role: input.role ?? null,
  companyExternalId: input.companyExternalId ?? null,
  industry: input.industry ?? null,
  purpose: input.purpose ?? null,
  gender: input.gender ?? null,
  birthDate: (input.birthDate ?? null) as CalendarDay | null,
  language: input.language ?? null,
  country: input.country ?? null,
  region: input.region ?? null,
  city: input.city ?? null,
  source: input.source ?? null,
  registeredAt: instantOrNull(input.registeredAt),
  tags: input.tags ?? [],
  consents: (input.consents ?? []).map(({ channel, purpose, granted, at, source, wording }) => ({
    channel,
    purpose: purpose ?? null,
    granted,
    at: instantOrNull(at),
    source: source ?? null,
    wording: wording ?? null,
  })),
  attributes: input.attributes ?? null,
})

const instantOrNull = (at: Date | null | undefined): Instant | null => (at === null || at === undefined ? null : instant(at))
