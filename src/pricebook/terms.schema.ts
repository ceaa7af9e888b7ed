import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import type { Instant } from '../kernel/clock.ts'
import type { RuleVersion, VersionState as State } from './rule.model.ts'
import { ScheduleInput, ScheduleView, VersionState } from './rule.schema.ts'
import { ScopeInput, ScopeView } from './scope.schema.ts'

const PRIORITY = 'The larger goes first: of two that lower a price alike it is the one that counts.'

/** What LadderInput and OfferInput have in common; never a type of its own. */
@InputType({ description: 'What ladders and offers have in common.' })
export abstract class TermsInput {
  @Field(() => String, {
    description:
      'Names the rule: one over ladders and offers, without regard to ASCII case. 1 to 100 characters. Shoppers type the code of an offer whose trigger is CODE.',
  })
  code!: string
  @Field(() => String, { description: '1 to 200 characters.' }) name!: string
  @Field(() => Int, { nullable: true, defaultValue: 0, description: PRIORITY }) priority?: number | null
  @Field(() => String, {
    nullable: true,
    description: 'A customer query; absent or blank: everyone. A wrong one is BAD_QUERY with its faults.',
  })
  audience?: string | null
  @Field(() => ScopeInput, { nullable: true, description: 'Absent: all products.' }) scope?: ScopeInput | null
  @Field(() => ScheduleInput, { nullable: true, description: 'Absent: at all times.' }) schedule?: ScheduleInput | null
  @Field(() => DateTime, { nullable: true, description: 'Absent: as soon as it is published.' }) validFrom?: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Excluded, and after validFrom; absent: without an end.' }) validUntil?: Date | null
}

/** What LadderVersion and OfferVersion have in common; never a type of its own. */
@ObjectType({ description: 'What versions of ladders and offers have in common.', simpleResolvers: true })
export abstract class VersionView {
  @Field(() => Int, { description: 'Counts up with each save; for expectedVersion.' }) version!: number
  @Field(() => String, { description: 'What staff call it, and what quotes show.' }) name!: string
  @Field(() => Int, { description: PRIORITY }) priority!: number
  @Field(() => String, { nullable: true, description: 'A customer query; null: everyone.' }) audience!: string | null
  @Field(() => ScopeView, { nullable: true, description: 'Null: all products.' }) scope!: ScopeView | null
  @Field(() => ScheduleView, { nullable: true, description: 'Null: at all times.' }) schedule!: ScheduleView | null
  @Field(() => DateTime, { nullable: true, description: 'Null: as soon as it is published.' }) validFrom!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Excluded; null: without an end.' }) validUntil!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Since when it is, or was, in force; null: not yet.' }) publishedAt!: Date | null
  @Field(() => VersionState, { description: 'Where this version stands.' }) state!: State
  @Field(() => DateTime, { nullable: true, description: 'The instant that was set for it to go into force; null: none was.' })
  scheduledFor!: Date | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'The first instant at which it was not in force any more; null: it has not ended.',
  })
  endedAt!: Date | null
}

export const toVersionView = ({ version, terms, state, scheduledFor, publishedAt, endedAt }: RuleVersion): VersionView => ({
  version,
  name: terms.name,
  priority: terms.priority,
  audience: terms.audience,
  scope: terms.scope,
  schedule: terms.schedule,
  validFrom: dateOf(terms.validFrom),
  validUntil: dateOf(terms.validUntil),
  publishedAt: dateOf(publishedAt),
  state,
  scheduledFor: dateOf(scheduledFor),
  endedAt: dateOf(endedAt),
})

const dateOf = (at: Instant | null): Date | null => (at === null ? null : new Date(at))
