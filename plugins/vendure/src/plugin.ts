import type { OnApplicationBootstrap } from '@nestjs/common'
import { PluginCommonModule, ProcessContext, type RuntimeVendureConfig, VendurePlugin } from '@vendure/core'
import { Carts } from './cart/cart'
import { CartResolver } from './cart/cart.resolver'
import { Codes } from './cart/codes'
import { Links } from './cart/links'
import { regularsActions, regularsConditions } from './cart/promotion'
import { PromotionRow } from './cart/promotion-row'
import { Quotes } from './cart/quotes'
import { cartSchema } from './cart/schema'
import { SignIn } from './cart/sign-in'
import { ApplyLinkUnion, ClaimCouponUnion } from './cart/unions'
import { WalletResolver } from './cart/wallet.resolver'
import { RegularsCheckout } from './checkout/checkout.entity'
import { Checkouts } from './checkout/checkouts'
import { Doorbell } from './checkout/doorbell'
import { regularsOrderProcess } from './checkout/order-process'
import { PaymentResolver } from './checkout/payment.resolver'
import { Reservations } from './checkout/reservations'
import { Returns } from './checkout/returns'
import { Settlement } from './checkout/settlement'
import { Contexts } from './engine/contexts'
import { Engines } from './engine/engines'
import { Known } from './engine/known'
import { Shoppers } from './engine/shoppers'
import { type RegularsOptions, SETTINGS, settingsOf } from './options'
import { FoundVariants } from './prices/found-variants'
import { MemberPrices } from './prices/member-prices'
import { Page } from './prices/page'
import { ProductVariantsResolver } from './prices/product.resolver'
import { pricesSchema } from './prices/schema'
import { SearchPriceResolver } from './prices/search.resolver'
import { VariantPriceResolver } from './prices/variant.resolver'
import { SyncResolver, syncSchema } from './sync/admin.resolver'
import { CustomerSync } from './sync/customers'
import { Events } from './sync/events'
import { Jobs } from './sync/jobs'
import { OrderSync } from './sync/orders'
import { ProductSync } from './sync/products'
import { sweepTask } from './sync/sweep.task'
import { Worker } from './sync/worker'

export type { EngineAddress, RegularsOptions } from './options'

/** Member prices, offers, coupons and private links of Regulars in a Vendure shop. */
@VendurePlugin({
  imports: [PluginCommonModule],
  compatibility: '^3.6.0',
  entities: [RegularsCheckout],
  providers: [
    { provide: SETTINGS, useFactory: () => RegularsPlugin.settings() },
    Engines,
    Contexts,
    Shoppers,
    Known,
    MemberPrices,
    Page,
    FoundVariants,
    Carts,
    Quotes,
    Codes,
    Links,
    SignIn,
    PromotionRow,
    Checkouts,
    Reservations,
    Settlement,
    Returns,
    Doorbell,
    Jobs,
    Worker,
    Events,
    CustomerSync,
    ProductSync,
    OrderSync,
  ],
  shopApiExtensions: {
    schema: { ...pricesSchema, definitions: [...pricesSchema.definitions, ...cartSchema.definitions] },
    resolvers: [
      ProductVariantsResolver,
      VariantPriceResolver,
      SearchPriceResolver,
      CartResolver,
      PaymentResolver,
      WalletResolver,
      ApplyLinkUnion,
      ClaimCouponUnion,
    ],
  },
  adminApiExtensions: { schema: syncSchema, resolvers: [SyncResolver] },
  configuration: (config) => withRegulars(config),
})
export class RegularsPlugin implements OnApplicationBootstrap {
  private static options: RegularsOptions | undefined

  static init(options: RegularsOptions): typeof RegularsPlugin {
    RegularsPlugin.options = options
    return RegularsPlugin
  }

  static settings() {
    if (RegularsPlugin.options === undefined) throw new Error('Name the engine: RegularsPlugin.init({ endpoint, key }).')
    return settingsOf(RegularsPlugin.options)
  }

  constructor(
    private readonly promotion: PromotionRow,
    private readonly jobs: Jobs,
    private readonly worker: Worker,
    private readonly events: Events,
    private readonly doorbell: Doorbell,
    private readonly signIn: SignIn,
    private readonly process: ProcessContext,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.open((work) => this.worker.work(work))
    this.events.listen()
    this.doorbell.listen()
    this.signIn.listen()
    if (this.process.isServer) await this.promotion.ensure()
  }
}

function withRegulars(config: RuntimeVendureConfig): RuntimeVendureConfig {
  config.promotionOptions.promotionConditions.push(...regularsConditions)
  config.promotionOptions.promotionActions.push(...regularsActions)
  config.orderOptions.process.push(regularsOrderProcess)
  config.schedulerOptions.tasks.push(sweepTask)
  return config
}
