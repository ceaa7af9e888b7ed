import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import type { ShopChange } from '../shops/shop.model.ts'
import { AdminShop, ShopInput, toAdminShop } from '../shops/shop.schema.ts'
import { updateShop } from '../shops/shop.service.ts'
import { followSettings } from './statistics.service.ts'

@Resolver()
export class ShopSettingsAdmin {
  @Authorized('shop:write')
  @Mutation(() => AdminShop, {
    description: "Changes the shop's settings. Orders and statistics count anew at once where orderCountsWhen changes.",
  })
  async updateShop(
    @Arg('input', () => ShopInput, { description: 'What to change; what is left out stays.' }) input: ShopInput,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminShop> {
    return toAdminShop(unwrap(await updateShop(world, toChange(input), followSettings)))
  }
}

const toChange = ({
  name,
  timeZone,
  currency,
  privateLinkUrl,
  privateLinkPage,
  orderCountsWhen,
  rounding,
  maxDiscount,
  ...foresight
}: ShopInput): ShopChange => ({
  ...(name == null ? {} : { name }),
  ...(timeZone == null ? {} : { timeZone }),
  ...(currency == null ? {} : { currency }),
  ...(privateLinkUrl == null ? {} : { privateLinkUrl }),
  ...(privateLinkPage == null ? {} : { privateLinkPage }),
  ...(orderCountsWhen == null ? {} : { orderCountsWhen }),
  ...(rounding == null ? {} : { rounding }),
  ...(maxDiscount == null ? {} : { maxDiscountBp: maxDiscount }),
  ...(foresight.minTierStep == null ? {} : { minTierStepBp: foresight.minTierStep }),
  ...(foresight.maxPriceJump == null ? {} : { maxPriceJumpBp: foresight.maxPriceJump }),
  ...(foresight.priorPriceDays == null ? {} : { priorPriceDays: foresight.priorPriceDays }),
})
