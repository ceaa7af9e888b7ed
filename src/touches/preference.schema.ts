import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import { Channel, TouchPurpose } from '../customers/customer-words.schema.ts'
import { instant } from '../kernel/clock.ts'
import type { Objection, Preference, Preferences, Proof, WantedPreferences } from './objection.model.ts'
import { ObjectionScopeName } from './touch-words.schema.ts'

@ObjectType('ChannelPreference', { description: 'What a customer wants of one channel.', simpleResolvers: true })
export class ChannelPreferenceView {
  @Field(() => Channel, { description: 'Which channel.' }) channel!: Preference['channel']
  @Field(() => TouchPurpose, { description: 'For what.' }) purpose!: Preference['purpose']
  @Field(() => Boolean, { nullable: true, description: 'What they said; null: nothing.' }) granted!: boolean | null
  @Field(() => DateTime, { nullable: true, description: 'When they said it.' }) at!: Date | null
  @Field(() => Boolean, {
    description:
      "Whether it may be used for this, by what they said and by the shop's rule for who said nothing; whether they are reached is another matter.",
  })
  mayBeUsed!: boolean
}

@ObjectType('Preferences', { description: 'How a customer wants to be spoken to.', simpleResolvers: true })
export class PreferencesView {
  @Field(() => [ChannelPreferenceView], { description: 'Every channel, for care and for marketing.' }) channels!: ChannelPreferenceView[]
  @Field(() => Boolean, { description: 'False: no marketing that is meant for them alone.' }) personalMarketing!: boolean
  @Field(() => Boolean, { description: 'They want to hear nothing at all.' }) objectsToAll!: boolean
}

@InputType('ChannelPreferenceInput', { description: 'What a customer wants of one channel.' })
export class ChannelPreferenceInput {
  @Field(() => Channel, { description: 'Which channel.' }) channel!: Channel
  @Field(() => TouchPurpose, { nullable: true, description: 'For what. Absent: for everything.' }) purpose?: TouchPurpose | null
  @Field(() => Boolean, { description: 'Whether they want it.' }) granted!: boolean
}

@InputType('PreferencesInput', { description: 'How a customer wants to be spoken to. What is left out stays as it is.' })
export class PreferencesInput {
  @Field(() => [ChannelPreferenceInput], { nullable: true, description: 'At most 50.' }) channels?: ChannelPreferenceInput[] | null
  @Field(() => Boolean, { nullable: true, description: 'False: no marketing that is meant for them alone; true: it may be again.' })
  personalMarketing?: boolean | null
  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: they want to hear nothing at all. False: no more; what they had said yes to before holds again, and where they had said nothing they are asked first.',
  })
  objectsToAll?: boolean | null
  @Field(() => String, { nullable: true, description: 'What they were asked, word by word: the proof; at most 2000 characters.' })
  wording?: string | null
  @Field(() => String, { nullable: true, description: 'Where they said it; at most 1000 characters.' }) source?: string | null
}

@InputType('ProofInput', { description: 'How it is known that a customer said something.' })
export class ProofInput {
  @Field(() => String, { nullable: true, description: 'Where they said it: a call, a letter, a page; at most 1000 characters.' })
  source?: string | null
  @Field(() => String, { nullable: true, description: 'What they said or were asked, word by word; at most 2000 characters.' })
  wording?: string | null
  @Field(() => DateTime, { nullable: true, description: 'When they said it. Absent, or ahead: now.' }) at?: Date | null
}

@ObjectType('Objection', { description: 'That a customer does not want to be spoken to: kept, withdrawn or not.', simpleResolvers: true })
export class ObjectionView {
  @Field(() => ID, { description: 'For good.' }) id!: string
  @Field(() => ObjectionScopeName, { description: 'To what.' }) scope!: Objection['scope']
  @Field(() => DateTime, { description: 'When they said so.' }) at!: Date
  @Field(() => String, { nullable: true, description: 'Where they said it.' }) source!: string | null
  @Field(() => String, { nullable: true, description: 'What they said or were asked, word by word.' }) wording!: string | null
  @Field(() => String, { description: 'Who wrote it down: the name of a key, or whoever else acted.' }) notedBy!: string
  @Field(() => DateTime, { description: 'When it was written down.' }) notedAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'When they took it back; null: it holds.' }) withdrawnAt!: Date | null
  @Field(() => String, { nullable: true, description: 'Where they took it back.' }) withdrawnSource!: string | null
  @Field(() => String, { nullable: true, description: 'What they said or were asked then, word by word.' }) withdrawnWording!: string | null
}

export const toPreferencesView = ({ channels, ...rest }: Preferences): PreferencesView => ({
  ...rest,
  channels: channels.map(({ at, ...preference }) => ({ ...preference, at: at === null ? null : new Date(at) })),
})

export const toObjectionView = ({ customerId: _, at, notedAt, withdrawnAt, ...rest }: Objection): ObjectionView => ({
  ...rest,
  at: new Date(at),
  notedAt: new Date(notedAt),
  withdrawnAt: withdrawnAt === null ? null : new Date(withdrawnAt),
})

export const toWantedPreferences = ({ channels, personalMarketing, objectsToAll }: PreferencesInput): WantedPreferences => ({
  channels: (channels ?? []).map(({ channel, purpose, granted }) => ({ channel, purpose: purpose ?? null, granted })),
  personalMarketing: personalMarketing ?? null,
  objectsToAll: objectsToAll ?? null,
})

export const toProof = (proof: ProofInput | null | undefined): Proof => ({
  source: proof?.source ?? null,
  wording: proof?.wording ?? null,
  at: proof?.at == null ? null : instant(proof.at),
})
