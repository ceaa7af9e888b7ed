import { Field, Float, Int, ObjectType } from 'type-graphql'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { MessageChannel } from '../messages/message-words.schema.ts'
import { TouchReasonName } from '../touches/touch-words.schema.ts'
import type { Campaign } from './campaign.model.ts'
import type { CampaignPreview } from './preview.model.ts'

@ObjectType('CampaignChannelCount', { description: 'How many would be reached on a channel.', simpleResolvers: true })
export class ChannelCountView {
  @Field(() => MessageChannel, { description: 'By what.' }) channel!: `${MessageChannel}`
  @Field(() => Int, { description: 'How many.' }) count!: number
}

@ObjectType('CampaignReasonCount', { description: 'How many would not be written to, or not yet, for one reason.', simpleResolvers: true })
export class ReasonCountView {
  @Field(() => TouchReasonName, { description: 'Why.' }) reason!: `${TouchReasonName}`
  @Field(() => Int, { description: 'How many.' }) count!: number
}

@ObjectType('CampaignStepPreview', {
  description: 'What would become of a step if it were due now for everybody who would be treated.',
  simpleResolvers: true,
})
export class StepPreviewView {
  @Field(() => Int, { description: 'The number of the step.' }) step!: number
  @Field(() => [ChannelCountView], { description: 'Those it would be sent to at once, by channel.' }) channels!: readonly ChannelCountView[]
  @Field(() => [ReasonCountView], { description: 'Those for whom it would wait.' }) held!: readonly ReasonCountView[]
  @Field(() => [ReasonCountView], { description: 'Those to whom it would not be sent.' }) leftOut!: readonly ReasonCountView[]
  @Field(() => Money, { description: 'What its messages would cost, to those for whom it would wait too.' }) cost!: Minor
}

@ObjectType('CampaignPreview', { description: 'What a campaign would do if it started now. Nothing is done.', simpleResolvers: true })
export class CampaignPreviewView {
  @Field(() => Int, { description: 'Whom the audience holds.' }) audience!: number
  @Field(() => Int, { description: 'Those of them whom an exclusion holds.' }) excluded!: number
  @Field(() => Int, { description: 'Those of the others who took part in it already: nobody does twice.' }) takenPart!: number
  @Field(() => Int, { description: 'Those who would join.' }) joining!: number
  @Field(() => Int, { description: 'Those of them who would get nothing: the control group, as it is drawn.' }) control!: number
  @Field(() => Int, { description: 'Those of them who would be written to and given something.' }) treated!: number
  @Field(() => Float, {
    description:
      'The share of the treated, in percent, that was looked at for the figures of steps, which are brought up to all: 100 up to 5,000 of them.',
  })
  lookedAtPercent!: number
  @Field(() => [StepPreviewView], { description: 'Each step by itself, as of now: later ones reach those who have not bought by then.' })
  steps!: StepPreviewView[]
  @Field(() => Money, { description: 'What its messages cost at most: if nobody bought or objected meanwhile.' }) messagesCost!: Minor
  @Field(() => Money, { nullable: true, description: 'What the discounts that it gives may come to; null: nobody can say.' })
  possibleDiscount!: Minor | null
  /** For the field that is resolved; not in the API itself. */
  of!: Campaign
}

export const toPreviewView = ({
  campaign,
  lookedAt,
  steps,
  messagesCost,
  possibleDiscount,
  ...reach
}: CampaignPreview): CampaignPreviewView => ({
  ...reach,
  lookedAtPercent: reach.treated === 0 ? 100 : (100 * lookedAt) / reach.treated,
  steps: steps.map((step) => ({ ...step, cost: step.cost as Minor })),
  messagesCost: messagesCost as Minor,
  possibleDiscount: possibleDiscount as Minor | null,
  of: campaign,
})
