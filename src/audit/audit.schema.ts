import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Json } from '../api/shared/scalars.ts'
import type { AuditEntry } from './audit.model.ts'

export enum ActorKind {
  KEY = 'KEY',
  SHOPPER = 'SHOPPER',
  CLI = 'CLI',
  SYSTEM = 'SYSTEM',
}
registerEnumType(ActorKind, {
  name: 'ActorKind',
  description: 'As what somebody acted.',
  valuesConfig: {
    KEY: { description: 'With a key of the shop.' },
    SHOPPER: { description: 'At the storefront, for themselves.' },
    CLI: { description: 'At the command line of the server.' },
    SYSTEM: { description: 'Nobody: the program by itself.' },
  },
})

@ObjectType('AuditEntry', {
  description: 'One change: who made it, what they did to what, and how that looked before and after.',
  simpleResolvers: true,
})
export class AuditEntryView {
  @Field(() => ID, { description: 'Later entries have larger ids.' }) id!: string
  @Field(() => DateTime, { description: 'When it was done.' }) at!: Date
  @Field(() => ActorKind, { description: 'As what it was done.' }) actorKind!: ActorKind
  @Field(() => ID, { nullable: true, description: "The key's id where a key acted." }) actorId!: string | null
  @Field(() => String, { description: "The key's name, or what the program calls itself." }) actorName!: string
  @Field(() => String, { description: 'What was done: the name of the mutation or command, e.g. publish.' }) action!: string
  @Field(() => String, { nullable: true, description: 'What it was done to, e.g. ladder/summer or key/<id>; null: the whole shop.' })
  target!: string | null
  @Field(() => Json, { nullable: true, description: 'The thing as it was; null when it is new, or when that is not kept.' })
  before!: unknown
  @Field(() => Json, { nullable: true, description: 'The thing as it is since; null when it is gone, or when that is not kept.' })
  after!: unknown
}

@ObjectType('AuditEntryConnection', { description: 'A page of the audit log.', simpleResolvers: true })
export class AuditEntryConnection extends connectionOf(AuditEntryView) {}

export const toAuditEntryView = (entry: AuditEntry): AuditEntryView => ({
  ...entry,
  actorKind: entry.actorKind as ActorKind,
  at: new Date(entry.at),
})
