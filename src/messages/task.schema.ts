import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Json } from '../api/shared/scalars.ts'
import { MessageChannel } from './message-words.schema.ts'
import type { Task, TaskAnswer, TaskOutcome, TaskState } from './task.model.ts'

export enum TaskStateName {
  OPEN = 'OPEN',
  DONE = 'DONE',
  FAILED = 'FAILED',
}
registerEnumType(TaskStateName, {
  name: 'TaskState',
  description: 'Where a task stands.',
  valuesConfig: {
    OPEN: { description: 'A person has to do it.' },
    DONE: { description: 'It was done.' },
    FAILED: { description: 'It was tried, and nothing came of it.' },
  },
})
export enum TaskOutcomeName {
  DONE = 'DONE',
  FAILED = 'FAILED',
}
registerEnumType(TaskOutcomeName, {
  name: 'TaskOutcome',
  description: 'What came of a task.',
  valuesConfig: { DONE: { description: 'It was done.' }, FAILED: { description: 'Nothing came of it: nobody answered, no such address.' } },
})
export enum TaskClaim {
  FREE = 'FREE',
  MINE = 'MINE',
}
registerEnumType(TaskClaim, {
  name: 'TaskClaim',
  description: 'Who has taken a task up.',
  valuesConfig: { FREE: { description: 'Nobody.' }, MINE: { description: "The caller's key." } },
})
export enum TaskAnswerKind {
  DONE = 'DONE',
  TAKEN = 'TAKEN',
  CALLED_OFF = 'CALLED_OFF',
  SETTLED = 'SETTLED',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(TaskAnswerKind, {
  name: 'TaskAnswerKind',
  description: 'What became of one task of an act.',
  valuesConfig: {
    DONE: { description: 'What was asked for was done.' },
    TAKEN: { description: 'Somebody else has taken it up.' },
    CALLED_OFF: { description: 'It may not be done now, or not any more: `reason` says why (BOUGHT, OBJECTED, PAUSED, TOO_LATE ...).' },
    SETTLED: { description: 'It was settled before; nothing changed.' },
    UNKNOWN: { description: 'There is no such task.' },
  },
})

@InputType('TaskFilter', { description: 'Which tasks. What is left out narrows nothing.' })
export class TaskFilterInput {
  @Field(() => TaskStateName, { nullable: true, description: 'Absent: OPEN.' }) state?: TaskState | null
  @Field(() => MessageChannel, { nullable: true, description: 'Of this channel.' }) channel?: `${MessageChannel}` | null
  @Field(() => String, { nullable: true, description: 'Of the campaign of this code.' }) campaignCode?: string | null
  @Field(() => ID, { nullable: true, description: 'For this customer, by id.' }) customerId?: string | null
  @Field(() => TaskClaim, { nullable: true, description: 'By who has taken them up.' }) claimed?: `${TaskClaim}` | null
}

@InputType('TaskResultInput', { description: 'What came of a task.' })
export class TaskResultInput {
  @Field(() => ID, { description: 'Which task.' }) id!: string
  @Field(() => TaskOutcomeName, { description: 'Whether it was done.' }) outcome!: TaskOutcome
  @Field(() => String, { nullable: true, description: 'For staff; at most 2,000 characters.' }) note?: string | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'The customer does not want to be reached this way again: unsubscribes them from the channel at once, with the note as the proof.',
  })
  objects?: boolean | null
}

@ObjectType('StaffTask', {
  description: "A message that a person carries: a call, a letter, a card in a parcel, a sending to be confirmed. Its id is the message's.",
  simpleResolvers: true,
})
export class StaffTaskView {
  @Field(() => ID, { description: "The message's id." }) id!: string
  @Field(() => TaskStateName, { description: 'Where it stands.' }) state!: TaskState
  @Field(() => MessageChannel, { description: 'What kind of task.' }) channel!: `${MessageChannel}`
  @Field(() => String, { nullable: true, description: 'The phone number, address or name to go by; null once it is not kept any more.' })
  recipient!: string | null
  @Field(() => String, { nullable: true, description: "What to say; null when it is a provider's text, or is not kept any more." }) text!:
    | string
    | null
  @Field(() => String, { nullable: true, description: "The id of a provider's or printer's own text; null: none." }) providerTemplateId!:
    | string
    | null
  @Field(() => Json, { description: 'What goes into that text, by name.' }) parameters!: Readonly<Record<string, string>>
  @Field(() => String, { nullable: true, description: 'Of which campaign; null: none.' }) campaignCode!: string | null
  @Field(() => Int, { nullable: true, description: 'Which step of it; null: none.' }) step!: number | null
  @Field(() => DateTime, { description: 'Since when it waits.' }) queuedAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'Later than this it must not be done; null: at any time.' }) notAfter!: Date | null
  @Field(() => String, { nullable: true, description: 'The name of the key that took it up; null: nobody has.' }) claimedBy!: string | null
  @Field(() => DateTime, { nullable: true, description: 'When it was taken up.' }) claimedAt!: Date | null
  @Field(() => String, { nullable: true, description: 'What staff noted.' }) note!: string | null
  @Field(() => String, { nullable: true, description: 'The name of the key that settled it.' }) resolvedBy!: string | null
  @Field(() => DateTime, { nullable: true, description: 'When it was settled.' }) resolvedAt!: Date | null
  /** For the field that is resolved; not in the API itself. */
  customerId!: string
}

@ObjectType('StaffTaskConnection', { description: 'Tasks, the oldest first.', simpleResolvers: true })
export class StaffTaskConnection extends connectionOf(StaffTaskView) {}

@ObjectType('TaskAnswer', { description: 'What became of one task of an act.', simpleResolvers: true })
export class TaskAnswerView {
  @Field(() => ID, { description: 'Which task, as it was named.' }) id!: string
  @Field(() => TaskAnswerKind, { description: 'What became of it.' }) kind!: TaskAnswer['kind']
  @Field(() => String, { nullable: true, description: 'Why it may not be done; null: nothing keeps it.' }) reason!: string | null
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))

export const toTaskView = (task: Task): StaffTaskView => ({
  id: task.message.id,
  state: task.state,
  channel: task.message.channel,
  recipient: task.recipient,
  text: task.content?.text ?? null,
  providerTemplateId: task.content?.providerTemplateId ?? null,
  parameters: task.content?.parameters ?? {},
  campaignCode: task.message.campaignCode,
  step: task.message.step,
  queuedAt: new Date(task.message.queuedAt),
  notAfter: dateOf(task.message.notAfter),
  claimedBy: task.claimedBy,
  claimedAt: dateOf(task.claimedAt),
  note: task.note,
  resolvedBy: task.resolvedBy,
  resolvedAt: dateOf(task.resolvedAt),
  customerId: task.message.customerId,
})
