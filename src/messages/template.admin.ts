import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { toCustomerRef } from '../customers/customer.schema.ts'
import { pageRequest } from '../kernel/page.ts'
import { isPlain } from '../kernel/text.ts'
import { previewTemplate } from './preview.service.ts'
import {
  MessagePreviewView,
  MessageTemplateConnection,
  MessageTemplateInput,
  MessageTemplateView,
  PreviewTemplateInput,
  toContentView,
  toTemplateView,
  toWantedTemplate,
} from './template.schema.ts'
import { countTemplates, findTemplate, listTemplates, saveTemplate } from './template.service.ts'

@Resolver()
export class TemplateAdmin {
  @Authorized('campaigns:read')
  @Query(() => MessageTemplateView, { nullable: true, description: 'Null when there is none of this code, or no such version.' })
  async messageTemplate(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Arg('version', () => Int, { nullable: true, description: 'Absent: the newest.' }) version: number | null,
    @Ctx() { world }: ApiContext,
  ): Promise<MessageTemplateView | null> {
    const template = await findTemplate(world, code, version ?? null)
    return template && toTemplateView(template)
  }

  @Authorized('campaigns:read')
  @Query(() => MessageTemplateConnection, {
    description: 'The newest version of each, in the order of their codes. Keyset pagination, at most 250 a page.',
  })
  async messageTemplates(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<MessageTemplateView>> {
    const page = await listTemplates(world, unwrap(pageRequest(first, after, { isKey: isPlain })))
    return toConnection(page, toTemplateView, () => countTemplates(world))
  }

  @Authorized('campaigns:read')
  @Query(() => MessagePreviewView, {
    description:
      'What a customer would be sent, or with examples what anybody would. Nothing is sent. NOT_FOUND for an unknown code, UNKNOWN_CUSTOMER for an unknown customer.',
  })
  async previewMessageTemplate(
    @Arg('input', () => PreviewTemplateInput, { description: 'What is to be looked at, as whom.' }) input: PreviewTemplateInput,
    @Ctx() { world }: ApiContext,
  ): Promise<MessagePreviewView> {
    const { draft, customer, code, channel, language, tierCode, purpose, variables } = input
    const preview = unwrap(
      await previewTemplate(world, {
        code: code ?? null,
        draft: draft == null ? null : toWantedTemplate(draft),
        channel,
        customer: customer == null ? null : unwrap(toCustomerRef(customer, 'input', 'customer')),
        language: language ?? null,
        tierCode: tierCode ?? null,
        purpose: purpose ?? 'MARKETING',
        variables: variables ?? null,
      }),
    )
    return { ...preview, content: preview.content && toContentView(preview.content) }
  }

  @Authorized('campaigns:write')
  @Mutation(() => MessageTemplateView, {
    description:
      'Saves a version of the template of this code; messages queued from now on are written from it. Each text is parsed and written with examples: one that is no Liquid, or says what there is not, is BAD_USER_INPUT and the message says what there is.',
  })
  async saveMessageTemplate(
    @Arg('input', () => MessageTemplateInput, { description: 'The template as it is to be.' }) input: MessageTemplateInput,
    @Ctx() { world }: ApiContext,
  ): Promise<MessageTemplateView> {
    return toTemplateView(unwrap(await saveTemplate(world, toWantedTemplate(input))))
  }
}
