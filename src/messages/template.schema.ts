import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Json } from '../api/shared/scalars.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import { TouchPurpose } from '../customers/customer-words.schema.ts'
import type { MessageContent } from './message.model.ts'
import { MessageChannel } from './message-words.schema.ts'
import type { Template, Variant, WantedTemplate } from './template.model.ts'

@InputType('TemplateParameterInput', { description: "What goes into a provider's own text." })
export class TemplateParameterInput {
  @Field(() => String, { description: 'As the provider calls it: 1 to 100 letters, digits and underscores.' }) name!: string
  @Field(() => String, { description: 'Liquid; comes to one line.' }) value!: string
}

@InputType('TemplateVariantInput', { description: 'A template as it is written for one channel, language and tier.' })
export class TemplateVariantInput {
  @Field(() => MessageChannel, { description: 'On which channel it goes.' }) channel!: `${MessageChannel}`
  @Field(() => String, {
    nullable: true,
    description: 'A tag such as zh, zh-CN or en-GB. Whoever speaks zh-CN gets zh-CN, else zh, else the variant without language.',
  })
  language?: string | null
  @Field(() => String, { nullable: true, description: 'Of those in the language, the one of the tier, else the one without.' }) tierCode?:
    | string
    | null
  @Field(() => String, { nullable: true, description: 'Liquid; of EMAIL alone, where it must be. Comes to one line.' }) subject?:
    | string
    | null
  @Field(() => String, { nullable: true, description: 'Liquid; of EMAIL alone. Values are escaped.' }) html?: string | null
  @Field(() => String, { nullable: true, description: 'Liquid, plain. EMAIL has html, text or both; at most 200,000 characters each.' })
  text?: string | null
  @Field(() => String, { nullable: true, description: "A text of the provider's own, by its id; not of EMAIL." }) providerTemplateId?:
    | string
    | null
  @Field(() => [TemplateParameterInput], { nullable: true, description: 'What goes into that text; at most 50.' }) parameters?:
    | TemplateParameterInput[]
    | null
}

@InputType('MessageTemplateInput', { description: 'What is to be written to customers.' })
export class MessageTemplateInput {
  @Field(() => String, { description: '1 to 40 letters, digits, dashes and underscores.' }) code!: string
  @Field(() => String, { description: 'For staff; 1 to 200 characters.' }) name!: string
  @Field(() => [TemplateVariantInput], {
    description: '1 to 100. Of each channel one without language and tier: what whoever fits no other one is sent.',
  })
  variants!: TemplateVariantInput[]
}

@InputType('PreviewMessageTemplateInput', { description: 'What is to be looked at, as whom.' })
export class PreviewTemplateInput {
  @Field(() => String, { nullable: true, description: 'A template that is saved; this or draft.' }) code?: string | null
  @Field(() => MessageTemplateInput, { nullable: true, description: 'One that is not; this or code.' }) draft?: MessageTemplateInput | null
  @Field(() => MessageChannel, { description: 'By which channel.' }) channel!: `${MessageChannel}`
  @Field(() => CustomerRefInput, { nullable: true, description: 'As this customer would get it; absent: with examples for all variables.' })
  customer?: CustomerRefInput | null
  @Field(() => String, { nullable: true, description: "Absent: the customer's." }) language?: string | null
  @Field(() => String, { nullable: true, description: "Absent: the customer's." }) tierCode?: string | null
  @Field(() => TouchPurpose, { nullable: true, defaultValue: 'MARKETING', description: 'A mail of MARKETING says where to unsubscribe.' })
  purpose?: `${TouchPurpose}` | null
  @Field(() => Json, {
    nullable: true,
    description:
      'What a campaign would give: {"coupon": {"code": "…"}, …}; absent: examples. See the guide on sending mail for all variables.',
  })
  variables?: unknown
}

@ObjectType('TemplateParameter', { description: "What goes into a provider's own text.", simpleResolvers: true })
export class TemplateParameterView {
  @Field(() => String, { description: 'As the provider calls it.' }) name!: string
  @Field(() => String, { description: 'Liquid in a template; what it came to in a message.' }) value!: string
}

@ObjectType('TemplateVariant', { description: 'A template as it is written for one channel, language and tier.', simpleResolvers: true })
export class TemplateVariantView {
  @Field(() => MessageChannel, { description: 'On which channel it goes.' }) channel!: `${MessageChannel}`
  @Field(() => String, { nullable: true, description: 'Null: any.' }) language!: string | null
  @Field(() => String, { nullable: true, description: 'Null: all.' }) tierCode!: string | null
  @Field(() => String, { nullable: true, description: 'Liquid.' }) subject!: string | null
  @Field(() => String, { nullable: true, description: 'Liquid.' }) html!: string | null
  @Field(() => String, { nullable: true, description: 'Liquid.' }) text!: string | null
  @Field(() => String, { nullable: true, description: "A text of the provider's own." }) providerTemplateId!: string | null
  @Field(() => [TemplateParameterView], { description: 'What goes into that text.' }) parameters!: readonly TemplateParameterView[]
}

@ObjectType('MessageTemplate', {
  description: 'What is written to customers. Each saving is a version, and all are kept.',
  simpleResolvers: true,
})
export class MessageTemplateView {
  @Field(() => String, { description: 'As it was saved.' }) code!: string
  @Field(() => Int, { description: 'From 1 on.' }) version!: number
  @Field(() => String, { description: 'For staff.' }) name!: string
  @Field(() => [TemplateVariantView], { description: 'As they were saved.' }) variants!: readonly TemplateVariantView[]
  @Field(() => DateTime, { description: 'When this version was saved.' }) createdAt!: Date
}

@ObjectType('MessageTemplateConnection', { description: 'A page of templates.', simpleResolvers: true })
export class MessageTemplateConnection extends connectionOf(MessageTemplateView) {}

@ObjectType('MessageContent', { description: 'What a message says, as it leaves.', simpleResolvers: true })
export class MessageContentView {
  @Field(() => String, { nullable: true, description: 'Of a mail.' }) subject!: string | null
  @Field(() => String, { nullable: true, description: 'Of a mail.' }) html!: string | null
  @Field(() => String, { nullable: true, description: 'Plain.' }) text!: string | null
  @Field(() => String, { nullable: true, description: "A text of the provider's own." }) providerTemplateId!: string | null
  @Field(() => [TemplateParameterView], { description: 'What goes into that text.' }) parameters!: readonly TemplateParameterView[]
}

@ObjectType('MessagePreview', {
  description: 'What somebody would be sent, or why it could not be written for them.',
  simpleResolvers: true,
})
export class MessagePreviewView {
  @Field(() => MessageContentView, { nullable: true, description: 'Null with a fault.' }) content!: MessageContentView | null
  @Field(() => String, {
    nullable: true,
    description: 'Why it cannot be written for them: such a message is not sent, and the reason is kept.',
  })
  fault!: string | null
  @Field(() => String, { nullable: true, description: 'Of the variant that was taken; null: any.' }) language!: string | null
  @Field(() => String, { nullable: true, description: 'Of the variant that was taken; null: all.' }) tierCode!: string | null
}

export const toTemplateView = ({ createdAt, ...template }: Template): MessageTemplateView => ({
  ...template,
  createdAt: new Date(createdAt),
})

export const toContentView = ({ subject, html, text, providerTemplateId, parameters }: MessageContent): MessageContentView => ({
  subject,
  html,
  text,
  providerTemplateId,
  parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
})

export const toWantedTemplate = ({ code, name, variants }: MessageTemplateInput): WantedTemplate => ({
  code,
  name,
  variants: variants.map(
    (variant): Variant => ({
      channel: variant.channel,
      language: variant.language ?? null,
      tierCode: variant.tierCode ?? null,
      subject: variant.subject ?? null,
      html: variant.html ?? null,
      text: variant.text ?? null,
      providerTemplateId: variant.providerTemplateId ?? null,
      parameters: variant.parameters ?? [],
    }),
  ),
})
