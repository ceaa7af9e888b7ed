import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { TouchPurpose } from '../customers/customer-words.schema.ts'
import { instant } from '../kernel/clock.ts'
import { foreseeOne } from './decision.service.ts'
import { TouchInput, TouchVerdictView } from './manual.schema.ts'
import { recordTouch } from './manual.service.ts'
import { TouchView, toChannelRefusals, toTouchView } from './timeline.schema.ts'
import { TouchChannelName } from './touch-words.schema.ts'

@Resolver()
export class ManualTouchAdmin {
  @Authorized('campaigns:read')
  @Query(() => TouchVerdictView, {
    description:
      'Whether a customer may be spoken to now, and why not: what the policy would make of one message. Nothing is sent or written down.',
  })
  async foreseeTouch(
    @Arg('customer', () => CustomerRefInput, { description: 'With whom.' }) customer: CustomerRefInput,
    @Arg('purpose', () => TouchPurpose, { description: 'What for.' }) purpose: TouchPurpose,
    @Arg('channels', () => [TouchChannelName], { description: 'By what, in order of preference.' }) channels: TouchChannelName[],
    @Ctx() { world }: ApiContext,
  ): Promise<TouchVerdictView> {
    const verdict = unwrap(await foreseeOne(world, unwrap(toCustomerRef(customer, 'customer')), purpose, channels))
    if (verdict.kind === 'SEND') return { ...verdict, until: null, reason: null, byChannel: [] }
    const until = verdict.kind === 'HOLD' ? new Date(verdict.until) : null
    return { kind: verdict.kind, channel: verdict.channel, until, reason: verdict.reason, byChannel: toChannelRefusals(verdict.byChannel) }
  }

  @Authorized('tasks:write')
  @Mutation(() => TouchView, {
    description:
      'Writes down a contact that staff made themselves. Care counts as care from then on, and caps count it unless the policy says otherwise.',
  })
  async recordTouch(
    @Arg('input', () => TouchInput, { description: 'What was done.' }) input: TouchInput,
    @Ctx() { world }: ApiContext,
  ): Promise<TouchView> {
    const { customer, channel, purpose, at, note, idempotencyKey } = input
    const wanted = {
      customer: unwrap(toCustomerRef(customer, 'input', 'customer')),
      channel,
      purpose,
      at: at == null ? null : instant(at),
      note: note ?? null,
      key: idempotencyKey ?? null,
    }
    return toTouchView(unwrap(await recordTouch(world, wanted)))
  }
}
