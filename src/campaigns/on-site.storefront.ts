import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import type { World } from '../shell/world.ts'
import { ShopperView } from '../shoppers/shopper.schema.ts'
import { atStorefront } from '../shoppers/who.ts'
import { CampaignEventInput, ShopperCampaignView } from './on-site.schema.ts'
import { campaignsShownTo, recordCampaignEvents } from './on-site.service.ts'
import { toShopperCampaign } from './on-site.view.ts'

const SHOWN = Symbol('campaigns shown to shoppers')

@Resolver(() => ShopperView)
export class OnSiteStorefront {
  @FieldResolver(() => [ShopperCampaignView], {
    description:
      'Running campaigns that the shopper takes part in and that show something, the most urgent first, without those that they dismissed. Nothing for those of a control group.',
  })
  async campaigns(
    @Root() { id }: ShopperView,
    @Arg('language', () => String, {
      nullable: true,
      description: "As in BCP 47; absent: the customer's own. A campaign without words in it is shown as it was written first.",
    })
    language: string | null,
    @Ctx() context: ApiContext,
  ): Promise<ShopperCampaignView[]> {
    const shown = await loaderOf(context, SHOWN, (ids: readonly string[], world: World) => campaignsShownTo(world, ids)).load(id)
    return shown.flatMap((one) => toShopperCampaign(one, language?.slice(0, 35) ?? null))
  }

  @Authorized('STOREFRONT')
  @Mutation(() => Int, {
    description:
      'Writes down what the shopper saw, clicked or dismissed of campaigns on site; how much of it was new is the answer. Each counts once a day, so a call may be made again. At most 100 a call. What they take no part in is passed over; nobody identified: 0. Shopper token, or plugin key with `customer`.',
  })
  async recordCampaignEvents(
    @Arg('events', () => [CampaignEventInput], { description: 'In any order.' }) events: CampaignEventInput[],
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'PLUGIN keys only; else the shopper of the token.' })
    customer: CustomerRefInput | null,
    @Ctx() context: ApiContext,
  ): Promise<number> {
    const { shopper } = await atStorefront(context, customer)
    return unwrap(await recordCampaignEvents(context.world, shopper?.id ?? null, events))
  }
}
