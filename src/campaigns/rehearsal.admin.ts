import { Arg, Authorized, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { MessageChannel } from '../messages/message-words.schema.ts'
import { RehearsalView, toRehearsalView } from './rehearsal.schema.ts'
import { testCampaign } from './rehearsal.service.ts'

@Resolver()
export class CampaignRehearsalAdmin {
  @Authorized('campaigns:run')
  @Mutation(() => RehearsalView, {
    description:
      'Sends the message of a step to staff at once, as a customer would get it, marked as a test; what the campaign gives is made up. Nothing of it is kept or counted. NOT_FOUND when there is no such campaign or step.',
  })
  async testCampaign(
    @Arg('code', () => String, { description: 'Of the campaign, as it was saved; in any state.' }) code: string,
    @Arg('step', () => Int, { description: 'The number of the step, from 1.' }) step: number,
    @Arg('to', () => [String], { description: 'Addresses of staff on the channel, 1 to 5.' }) to: string[],
    @Arg('channel', () => MessageChannel, { nullable: true, description: "One of the step's; absent: the first that somebody carries." })
    channel: `${MessageChannel}` | null,
    @Arg('customer', () => CustomerRefInput, {
      nullable: true,
      description: 'As whom it is written; absent: somebody who would join, or made up where nobody would.',
    })
    customer: CustomerRefInput | null,
    @Ctx() { world }: ApiContext,
  ): Promise<RehearsalView> {
    const ref = customer == null ? null : unwrap(toCustomerRef(customer, 'customer'))
    return toRehearsalView(unwrap(await testCampaign(world, { code, step, to, channel: channel ?? null, customer: ref })))
  }
}
