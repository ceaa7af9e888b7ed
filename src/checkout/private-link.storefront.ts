import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import { watchGuesses } from '../api/shared/codes.ts'
import type { ApiContext } from '../api/shared/context.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import { atStorefront } from '../shoppers/who.ts'
import { ShownLinkView } from './private-link.schema.ts'
import { type ShownLink, showLink } from './private-link.service.ts'

@Resolver()
export class PrivateLinkStorefront {
  @Authorized('STOREFRONT')
  @Query(() => ShownLinkView, {
    nullable: true,
    description:
      'Null for a token that is unknown, revoked, expired or used up: the four look alike, and so does one that has not begun. Opens are counted at /l/<token>, not here.',
  })
  async privateLink(
    @Arg('token', () => String, { description: 'As the shopper came with it.' }) token: string,
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'PLUGIN keys only; else the shopper of the token.' })
    customer: CustomerRefInput | null,
    @Ctx() context: ApiContext,
  ): Promise<ShownLinkView | null> {
    const shown = async () => {
      const { book, shopper } = await atStorefront(context, customer)
      return showLink(context.world, { book, shopper: shopper?.pricing ?? null, customerId: shopper?.id ?? null }, token)
    }
    const link = await watchGuesses(context, 1, shown, (answer: ShownLink | null) => (answer === null ? 1 : 0))
    return link && toView(link)
  }
}

const toView = ({ isForThem, validUntil, ...link }: ShownLink): ShownLinkView => ({
  ...link,
  eligible: isForThem,
  validUntil: validUntil === null ? null : new Date(validUntil),
})
