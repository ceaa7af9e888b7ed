import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { ExposureStatus as Status } from './campaign.model.ts'
import type { Progress } from './progress.model.ts'

export enum ExposureStatus {
  DUE = 'DUE',
  HELD = 'HELD',
  QUEUED = 'QUEUED',
  SENT = 'SENT',
  FAILED = 'FAILED',
  DROPPED = 'DROPPED',
}
registerEnumType(ExposureStatus, {
  name: 'ExposureStatus',
  description: 'Where the sending of a step to one customer stands.',
  valuesConfig: {
    DUE: { description: 'It will be decided when its time has come.' },
    HELD: { description: 'It was decided that it waits: quiet hours, a cap. The reason says for what.' },
    QUEUED: { description: 'A message is written and waits to be sent, or for staff.' },
    SENT: { description: 'It was sent.' },
    FAILED: { description: 'It was to be sent, and could not be or was taken back. The reason says why.' },
    DROPPED: { description: 'It was decided that it is not sent. The reason says why.' },
  },
})

export enum CampaignLeftReason {
  BOUGHT = 'BOUGHT',
  OBJECTED = 'OBJECTED',
  FORGOTTEN = 'FORGOTTEN',
  MERGED = 'MERGED',
  CAMPAIGN_OVER = 'CAMPAIGN_OVER',
}
registerEnumType(CampaignLeftReason, {
  name: 'CampaignLeftReason',
  description: 'Why somebody no longer takes part in a campaign.',
  valuesConfig: {
    BOUGHT: { description: 'They placed an order that counts after they joined.' },
    OBJECTED: { description: 'They said that they want no such messages.' },
    FORGOTTEN: { description: 'They were erased.' },
    MERGED: { description: 'They are part of another customer, who takes part already.' },
    CAMPAIGN_OVER: { description: 'It was finished or cancelled.' },
  },
})

@ObjectType('CampaignLeft', { description: 'How many left a campaign for one reason.', simpleResolvers: true })
export class LeftView {
  @Field(() => CampaignLeftReason, { description: 'Why.' }) reason!: `${CampaignLeftReason}`
  @Field(() => Int, { description: 'How many.' }) count!: number
}

@ObjectType('ExposureCount', { description: 'How many sendings of a step stand at one place.', simpleResolvers: true })
export class ExposureCountView {
  @Field(() => Int, { description: 'The number of the step.' }) step!: number
  @Field(() => ExposureStatus, { description: 'Where they stand.' }) status!: Status
  @Field(() => String, { nullable: true, description: 'Why they are held, dropped or failed.' }) reason!: string | null
  @Field(() => Int, { description: 'How many.' }) count!: number
}

@ObjectType('CampaignProgress', { description: 'How far a campaign has come, counted as it is asked.', simpleResolvers: true })
export class ProgressView {
  @Field(() => Int, { description: 'Everybody who ever joined.' }) members!: number
  @Field(() => Int, { description: 'Those of them who are written to and given something.' }) treated!: number
  @Field(() => Int, { description: 'Those of them in the control group.' }) control!: number
  @Field(() => Int, { description: 'Those of the treated who take part still.' }) waiting!: number
  @Field(() => [LeftView], { description: 'Who left and why, the control group too: one entry a reason.' }) left!: readonly LeftView[]
  @Field(() => [ExposureCountView], { description: 'One entry for each step, status and reason that occurs, in that order.' })
  exposures!: readonly ExposureCountView[]
}

export const toProgressView = (progress: Progress): ProgressView => progress
