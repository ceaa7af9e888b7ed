import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { toAdminCustomer } from '../customers/customer.schema.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { currencyDigits } from '../kernel/currency.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { readShop } from '../shops/shop.service.ts'
import { EvaluationPreviewView, TierMoveConnection, type TierMoveView } from './preview.schema.ts'
import { type Preview, previewEvaluation } from './preview.service.ts'
import { toReasonView } from './reason.schema.ts'
import { TierInput, toWantedTier } from './tier.schema.ts'

/** The view with what its moves are found by, which no client sees. */
type Previewed = EvaluationPreviewView & { readonly preview: Preview }

@Resolver(() => EvaluationPreviewView)
export class PreviewAdmin {
  @Authorized('customers:read')
  @Query(() => EvaluationPreviewView, {
    description:
      "What an evaluation would do now, under the shop's programme or another one that is tried out: how many would move, how large each tier would be, and who would move and why. Nothing is changed.",
  })
  async previewEvaluation(
    @Arg('programme', () => [TierInput], {
      nullable: true,
      description:
        'A whole programme to try out instead; a code of the shop takes the place of that tier, and a tier that is left out is no more. Absent: the one that the shop has.',
    })
    programme: TierInput[] | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Previewed> {
    const preview = unwrap(await previewEvaluation(world, programme?.map(toWantedTier) ?? null))
    return { evaluation: preview.evaluation, sizes: preview.sizes, preview }
  }

  @FieldResolver(() => TierMoveConnection, { description: 'Who would move, in the order of their ids. At most 250 a page.' })
  async moves(
    @Root() { preview }: Previewed,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<TierMoveView>> {
    const found = await preview.moves(unwrap(pageRequest(first, after, { isKey: isUuid })))
    const customers = await customersByIds(
      world,
      found.nodes.map(({ customerId }) => customerId),
    )
    const unit = 10 ** currencyDigits((await readShop(world)).currency)
    const tierOf = (id: string | null) => preview.tiers.find((tier) => tier.id === id) ?? null
    const view = ({ customerId, fromId, toId, held, failed }: (typeof found.nodes)[number]): TierMoveView => {
      const customer = customers.find(({ id }) => id === customerId)
      if (customer === undefined) throw new Error(`customer ${customerId} is gone`)
      return {
        customer: toAdminCustomer(customer),
        from: tierOf(fromId),
        to: tierOf(toId),
        held: toReasonView(held, unit),
        failed: toReasonView(failed, unit),
      }
    }
    const { promoted, demoted } = preview.evaluation
    return toConnection(found, view, async () => promoted + demoted)
  }
}
