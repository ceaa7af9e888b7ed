import { Field, ObjectType } from 'type-graphql'
import { MessageChannel } from '../messages/message-words.schema.ts'
import type { Rehearsed } from './rehearsal.model.ts'

@ObjectType('CampaignTestResult', { description: 'What became of a test to one address.', simpleResolvers: true })
export class RehearsalResultView {
  @Field(() => String, { description: 'As it was given.' }) to!: string
  @Field(() => String, { nullable: true, description: 'Why it was not taken, for staff; null: it was.' }) fault!: string | null
}

@ObjectType('CampaignTest', { description: 'A message of a campaign as it was sent to staff.', simpleResolvers: true })
export class RehearsalView {
  @Field(() => MessageChannel, { description: 'By what.' }) channel!: `${MessageChannel}`
  @Field(() => String, { nullable: true, description: 'The subject of a mail, without the mark of a test.' }) subject!: string | null
  @Field(() => String, { nullable: true, description: 'What it says in words; null: it has none of its own, or could not be written.' })
  text!: string | null
  @Field(() => [RehearsalResultView], { description: 'In the order of the addresses.' }) results!: readonly RehearsalResultView[]
}

export const toRehearsalView = ({ channel, content, results }: Rehearsed): RehearsalView => ({
  channel,
  subject: content?.subject ?? null,
  text: content?.text ?? null,
  results,
})
