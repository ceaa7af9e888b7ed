import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { MessageProviderInput, MessageProviderView, ProviderTestView, toProviderView, toWantedProvider } from './provider.schema.ts'
import { listProviders, saveProvider, testProvider } from './provider.service.ts'

@Resolver()
export class ProviderAdmin {
  @Authorized('campaigns:read')
  @Query(() => [MessageProviderView], { description: 'All of them, in the order of their codes.' })
  async messageProviders(@Ctx() { world }: ApiContext): Promise<MessageProviderView[]> {
    return (await listProviders(world)).map(toProviderView)
  }

  @Authorized('channels:write')
  @Mutation(() => MessageProviderView, {
    description: 'Creates the provider of this code, or replaces it; what waits goes through it from then on.',
  })
  async saveMessageProvider(
    @Arg('input', () => MessageProviderInput, { description: 'The provider as it is to be.' }) input: MessageProviderInput,
    @Ctx() { world }: ApiContext,
  ): Promise<MessageProviderView> {
    return toProviderView(unwrap(await saveProvider(world, toWantedProvider(input))))
  }

  @Authorized('channels:write')
  @Mutation(() => ProviderTestView, {
    description: 'Asks a provider whether it would take a message, or sends one that says so. NOT_FOUND for an unknown code.',
  })
  async testMessageProvider(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Arg('to', () => String, { nullable: true, description: 'An address to which a test is sent; absent: nothing is sent.' }) to:
      | string
      | null,
    @Ctx() { world }: ApiContext,
  ): Promise<ProviderTestView> {
    const fault = unwrap(await testProvider(world, code, to ?? null))
    return { works: fault === null, fault }
  }
}
