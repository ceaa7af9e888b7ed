import { Field, Float, InputType, Int, ObjectType } from 'type-graphql'
import { DateTime, Json, Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { MessageChannel, ProviderKind, SmtpSecurity } from './message-words.schema.ts'
import type { Provider, WantedProvider } from './provider.model.ts'

@InputType('SmtpInput', { description: 'A mail server, and as whom the shop writes.' })
export class SmtpInput {
  @Field(() => String, { description: 'Its name or address.' }) host!: string
  @Field(() => Int, { nullable: true, defaultValue: 587, description: '1 to 65535.' }) port?: number | null
  @Field(() => SmtpSecurity, { nullable: true, description: 'Absent: TLS on port 465, else STARTTLS.' }) security?: `${SmtpSecurity}` | null
  @Field(() => String, { nullable: true, description: 'Absent: it asks for no login. The password is the secret.' }) username?:
    | string
    | null
  @Field(() => String, { description: 'The address from which the shop writes.' }) from!: string
  @Field(() => String, { nullable: true, description: 'The name beside it.' }) fromName?: string | null
  @Field(() => String, { nullable: true, description: 'Where answers go; absent: to from.' }) replyTo?: string | null
  @Field(() => Int, { nullable: true, defaultValue: 5, description: 'Connections at once of each process; 1 to 50.' }) connections?:
    | number
    | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Links of mails lead by way of this server, which counts who follows them (REGULARS_PUBLIC_URL).',
  })
  trackClicks?: boolean | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'A picture in mails tells that they were opened. Many mailboxes fetch it unasked, or never.',
  })
  trackOpens?: boolean | null
}

@InputType('MessageProviderInput', { description: 'Who is to carry the messages of a channel.' })
export class MessageProviderInput {
  @Field(() => String, { description: '1 to 40 letters, digits, dashes and underscores.' }) code!: string
  @Field(() => MessageChannel, { description: 'What it carries.' }) channel!: `${MessageChannel}`
  @Field(() => ProviderKind, { description: 'How it carries it.' }) kind!: `${ProviderKind}`
  @Field(() => String, { description: 'For staff; 1 to 200 characters.' }) name!: string
  @Field(() => SmtpInput, { nullable: true, description: 'Of kind SMTP, where it must be.' }) smtp?: SmtpInput | null
  @Field(() => Json, { nullable: true, description: 'Of the other kinds, as the guide on providers says: an object; absent: {}.' })
  settings?: unknown
  @Field(() => String, {
    nullable: true,
    description:
      'What opens its door: a password, the secret of a webhook. It is kept sealed and never shown; absent: the one it has stays. CONFLICT on a server without REGULARS_SECRET.',
  })
  secret?: string | null
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether it carries messages. Of each channel one does: a second is IN_USE.',
  })
  enabled?: boolean | null
  @Field(() => Float, {
    nullable: true,
    description: 'Messages a second, over all processes together; 0.001 to 100,000. Absent: as fast as it takes them.',
  })
  ratePerSecond?: number | null
  @Field(() => Money, { nullable: true, defaultValue: 0, description: 'What a message costs.' }) costPerMessage?: Minor | null
}

@ObjectType('MessageProvider', { description: 'Who carries the messages of a channel.', simpleResolvers: true })
export class MessageProviderView {
  @Field(() => String, { description: 'As it was saved.' }) code!: string
  @Field(() => MessageChannel, { description: 'What it carries.' }) channel!: `${MessageChannel}`
  @Field(() => ProviderKind, { description: 'How it carries it.' }) kind!: `${ProviderKind}`
  @Field(() => String, { description: 'For staff.' }) name!: string
  @Field(() => Json, { description: 'As they were saved, defaults filled in. Nothing secret.' }) settings!: object
  @Field(() => Boolean, { description: 'Whether a secret is kept for it.' }) hasSecret!: boolean
  @Field(() => Boolean, { description: 'Whether it carries messages.' }) enabled!: boolean
  @Field(() => Float, { nullable: true, description: 'Messages a second; null: as fast as it takes them.' }) ratePerSecond!: number | null
  @Field(() => Money, { description: 'What a message costs.' }) costPerMessage!: Minor
  @Field(() => String, { nullable: true, description: 'Why it took nobody when it was last tried; null: it works, as far as is known.' })
  fault!: string | null
  @Field(() => DateTime, { nullable: true, description: 'It took nobody, and is tried again then; its messages wait.' })
  heldUntil!: Date | null
  @Field(() => DateTime, { description: 'When it was saved.' }) updatedAt!: Date
}

@ObjectType('ProviderTest', { description: 'Whether a provider would take a message.', simpleResolvers: true })
export class ProviderTestView {
  @Field(() => Boolean, { description: 'It would.' }) works!: boolean
  @Field(() => String, { nullable: true, description: 'Why not, in its own words.' }) fault!: string | null
}

export const toProviderView = ({ costMinor, heldUntil, updatedAt, failures: _, ...provider }: Provider): MessageProviderView => ({
  ...provider,
  costPerMessage: costMinor as Minor,
  heldUntil: heldUntil === null ? null : new Date(heldUntil),
  updatedAt: new Date(updatedAt),
})

export const toWantedProvider = (input: MessageProviderInput): WantedProvider => ({
  code: input.code,
  channel: input.channel,
  kind: input.kind,
  name: input.name,
  settings: input.kind === 'SMTP' ? { ...input.smtp } : isObject(input.settings) ? input.settings : {},
  ...(input.secret == null ? {} : { secret: input.secret }),
  enabled: input.enabled ?? true,
  ratePerSecond: input.ratePerSecond ?? null,
  costMinor: input.costPerMessage ?? 0,
})

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
