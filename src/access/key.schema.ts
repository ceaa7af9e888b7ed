import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import type { Key } from './key.model.ts'

export enum KeyKind {
  PLUGIN = 'PLUGIN',
  PUBLISHABLE = 'PUBLISHABLE',
  ADMIN = 'ADMIN',
}
registerEnumType(KeyKind, {
  name: 'KeyKind',
  description: 'What a key opens.',
  valuesConfig: {
    PLUGIN: { description: 'Secret; server to server; acts for any customer of the shop.' },
    PUBLISHABLE: { description: "Public; a browser's; reads as nobody until a shopper token comes with it." },
    ADMIN: { description: "Secret; the admin API, with the role's permissions." },
  },
})

export enum StaffRole {
  OWNER = 'OWNER',
  MANAGER = 'MANAGER',
  MARKETER = 'MARKETER',
  SERVICE = 'SERVICE',
  ANALYST = 'ANALYST',
}
registerEnumType(StaffRole, {
  name: 'StaffRole',
  description: 'What an ADMIN key may do.',
  valuesConfig: {
    OWNER: { description: 'Everything.' },
    MANAGER: { description: "Everything but the shop's own settings." },
    MARKETER: { description: 'Writes and publishes rules, makes private links, tags customers, reads.' },
    SERVICE: { description: 'Looks after customers: tags, pins, merges; reads.' },
    ANALYST: { description: 'Reads, the audit log too.' },
  },
})

@InputType('KeyInput', { description: 'A key to be made.' })
export class KeyInput {
  @Field(() => KeyKind, { description: 'What it opens.' }) kind!: KeyKind
  @Field(() => String, { description: 'Who or what will use it; 1 to 100 characters.' }) name!: string
  @Field(() => StaffRole, { nullable: true, description: "ADMIN keys, and only those. Not above the maker's own." }) role?: StaffRole | null
  @Field(() => DateTime, { nullable: true, description: 'From when on it opens nothing; absent: never.' }) expiresAt?: Date | null
}

@ObjectType('Key', { description: 'A way in. The secret is not kept, only its hash.', simpleResolvers: true })
export class KeyView {
  @Field(() => ID, { description: 'For revokeKey.' }) id!: string
  @Field(() => KeyKind, { description: 'What it opens.' }) kind!: Key['kind']
  @Field(() => String, { description: 'Who or what uses it.' }) name!: string
  @Field(() => StaffRole, { nullable: true, description: 'Of ADMIN keys.' }) role!: Key['role']
  @Field(() => String, { description: 'The first characters, to tell keys apart.' }) prefix!: string
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'From when on it opens nothing; null: never.' }) expiresAt!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'To the minute; null: never used.' }) lastUsedAt!: Date | null
}

@ObjectType('CreatedKey', { description: 'A new key with its secret.', simpleResolvers: true })
export class CreatedKeyView {
  @Field(() => ID, { description: 'For revokeKey.' }) id!: string
  @Field(() => KeyKind, { description: 'What it opens.' }) kind!: Key['kind']
  @Field(() => String, { description: 'Shown here and never again.' }) secret!: string
}

export const toKeyView = (key: Key): KeyView => ({
  id: key.id,
  kind: key.kind,
  name: key.name,
  role: key.role,
  prefix: key.prefix,
  createdAt: new Date(key.createdAt),
  expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt),
  lastUsedAt: key.lastUsedAt === null ? null : new Date(key.lastUsedAt),
})
