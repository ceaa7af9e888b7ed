import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { toStorefrontOrder } from '../orders/order.schema.ts'
import { ReturnLinesInput, ReturnView } from './return.schema.ts'
import { returnLines } from './return.service.ts'

@Resolver()
export class ReturnStorefront {
  @Authorized('PLUGIN')
  @Mutation(() => ReturnView, {
    description:
      'Takes returned units off an order, for what they cost; statistics follow, and what remains is never priced again. Plugin key.',
  })
  async returnLines(
    @Arg('input', () => ReturnLinesInput, { description: 'What came back.' }) {
      orderExternalId,
      returnExternalId,
      lines,
    }: ReturnLinesInput,
    @Ctx() { world }: ApiContext,
  ): Promise<ReturnView> {
    const wanted = { orderExternalId, returnExternalId, lines: lines.map(({ id, quantity }) => ({ id, quantity })) }
    const { externalId, amount, lines: returned, giftsDue, amountDue, order } = unwrap(await returnLines(world, wanted))
    return { externalId, amount, lines: returned, giftsDue, amountDue, order: toStorefrontOrder(order) }
  }
}
