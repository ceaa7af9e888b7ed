import { Args, Mutation, Resolver } from '@nestjs/graphql'
import { Allow, Ctx, Permission, RequestContext } from '@vendure/core'
import { Engines } from '../engine/engines'
import { Known } from '../engine/known'
import { Shoppers } from '../engine/shoppers'
import { RegularsRefusedError } from './refused'

@Resolver()
export class WalletResolver {
  constructor(
    private readonly engines: Engines,
    private readonly shoppers: Shoppers,
    private readonly known: Known,
  ) {}

  @Mutation()
  @Allow(Permission.Owner)
  async claimRegularsCoupon(@Ctx() ctx: RequestContext, @Args() { claimCode }: { claimCode: string }) {
    const engine = this.engines.of(ctx)
    const customer = await this.shoppers.signedIn(ctx)
    if (customer === null) return new RegularsRefusedError('NOT_ELIGIBLE')
    const answer =
      engine &&
      (await this.known.ask(ctx, engine, customer, () => engine.hurried((storefront) => storefront.claimCoupon({ claimCode, customer }))))
    if (answer === null) return new RegularsRefusedError('NO_ANSWER')
    return answer.__typename === 'Coupon' ? { ...answer, __typename: 'RegularsCoupon' } : new RegularsRefusedError(answer.reason)
  }

  @Mutation()
  @Allow(Permission.Owner)
  async regularsShopperToken(@Ctx() ctx: RequestContext) {
    const engine = this.engines.of(ctx)
    const customer = await this.shoppers.signedIn(ctx)
    if (engine === null || customer === null) return null
    return this.known.ask(ctx, engine, customer, () => engine.hurried((storefront) => storefront.issueShopperToken({ customer })))
  }
}
