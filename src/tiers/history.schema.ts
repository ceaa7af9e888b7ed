import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import type { PastStanding } from './history.model.ts'
import { TierReasonView } from './reason.schema.ts'
import { AdminTier } from './tier.schema.ts'

export enum TierChangeName {
  EVALUATED = 'EVALUATED',
  PINNED = 'PINNED',
  UNPINNED = 'UNPINNED',
  PIN_ENDED = 'PIN_ENDED',
}
registerEnumType(TierChangeName, {
  name: 'TierChange',
  description: 'How somebody came to a tier.',
  valuesConfig: {
    EVALUATED: { description: 'By what the programme asks.' },
    PINNED: { description: 'It was given by hand.' },
    UNPINNED: { description: 'What was given by hand was taken away: what evaluation had given holds again.' },
    PIN_ENDED: { description: 'The time was over for which it was given by hand: what evaluation had given holds again.' },
  },
})

@ObjectType('TierHistoryEntry', {
  description: 'What somebody had for a time, of their own: a company tier is in its history.',
  simpleResolvers: true,
})
export class TierHistoryEntryView {
  @Field(() => AdminTier, {
    nullable: true,
    description: 'The tier, as it is named now; null: none, or one that is no longer in the programme.',
  })
  tier!: AdminTier | null
  @Field(() => DateTime, { description: 'Since when.' }) since!: Date
  @Field(() => DateTime, { nullable: true, description: 'Until when; null: it is so now.' }) until!: Date | null
  @Field(() => TierChangeName, { description: 'How it came.' }) how!: PastStanding['how']
  @Field(() => TierReasonView, {
    nullable: true,
    description:
      'EVALUATED: the condition that held of the tier that they came to; null: they came to none, or it is older than reasons are kept.',
  })
  held!: TierReasonView | null
  @Field(() => TierReasonView, { nullable: true, description: 'EVALUATED: where they went down, the condition that they failed.' })
  failed!: TierReasonView | null
}

@ObjectType('TierHistoryConnection', { description: 'A page of what somebody had.', simpleResolvers: true })
export class TierHistoryConnection extends connectionOf(TierHistoryEntryView) {}

@ObjectType('EvaluatedTier', { description: 'What evaluation gave, whether a tier by hand hides it or not.', simpleResolvers: true })
export class EvaluatedTierView {
  @Field(() => AdminTier, { description: 'The tier.' }) tier!: AdminTier
  @Field(() => DateTime, { description: 'Since when.' }) since!: Date
  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when neither its retention nor its qualification holds; null: one of them does.',
  })
  failingSince!: Date | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'When the grace is over: whoever still fails goes down with the first evaluation then. Null: nothing is failing.',
  })
  graceUntil!: Date | null
}
