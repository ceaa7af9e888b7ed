import { Injectable } from '@nestjs/common'
import type { MemberPrice } from '@regulars/client'
import { type ProductVariant, ProductVariantService, type RequestContext, RequestContextCacheService, roundMoney } from '@vendure/core'
import DataLoader from 'dataloader'
import { isOutage } from '../engine/engine'
import { Engines } from '../engine/engines'
import { Known } from '../engine/known'
import { Shoppers } from '../engine/shoppers'
import { Page } from './page'

type Asked = { sku: string; listPrice: number }

/** A variant's price for whoever is asking. `member` is null where the engine did not answer: then it is the list price. */
export interface ShownPrice {
  member: MemberPrice | null
  listPrice: number
  price: number
  /** A price as the engine has it (the basis of the variant's list price), without tax and with. */
  net: (amount: number) => number
  gross: (amount: number) => number
}

@Injectable()
export class MemberPrices {
  constructor(
    private readonly engines: Engines,
    private readonly shoppers: Shoppers,
    private readonly known: Known,
    private readonly variants: ProductVariantService,
    private readonly page: Page,
    private readonly requests: RequestContextCacheService,
  ) {}

  async of(ctx: RequestContext, variant: ProductVariant): Promise<ShownPrice> {
    const priced = await this.priced(ctx, variant)
    const { listPrice, listPriceIncludesTax: includesTax, taxRateApplied: rate } = priced
    const member = await this.loader(ctx).load({ sku: variant.sku, listPrice })
    return {
      member,
      listPrice,
      price: member?.memberPrice ?? listPrice,
      net: (amount) => roundMoney(includesTax ? rate.netPriceOf(amount) : amount),
      gross: (amount) => roundMoney(includesTax ? amount : rate.grossPriceOf(amount)),
    }
  }

  /** In a listing the variant has its list price already; elsewhere Vendure works it out, once a request. */
  private async priced(ctx: RequestContext, variant: ProductVariant): Promise<ProductVariant> {
    if (variant.listPrice !== undefined && variant.taxRateApplied !== undefined) return variant
    const field = async (name: 'listPrice' | 'listPriceIncludesTax' | 'taxRateApplied') =>
      // Any field of the priced variant comes out of it, though its type names four.
      this.variants.hydratePriceFields(ctx, variant, name as 'taxRateApplied')
    const [listPrice, listPriceIncludesTax, taxRateApplied] = [
      await field('listPrice'),
      await field('listPriceIncludesTax'),
      await field('taxRateApplied'),
    ]
    return Object.assign(variant, { listPrice, listPriceIncludesTax, taxRateApplied })
  }

  private loader(ctx: RequestContext): DataLoader<Asked, MemberPrice | null, string> {
    return this.requests.get(
      ctx,
      'regulars-member-prices',
      () =>
        new DataLoader((asked: readonly Asked[]) => this.load(ctx, asked), {
          cacheKeyFn: ({ sku, listPrice }) => `${listPrice} ${sku}`,
          batchScheduleFn: (flush) => this.page.whenLoaded(ctx, flush),
        }),
    )
  }

  private async load(ctx: RequestContext, asked: readonly Asked[]): Promise<(MemberPrice | null)[]> {
    const engine = this.engines.of(ctx)
    if (engine === null || engine.isResting) return asked.map(() => null)
    const customer = await this.shoppers.signedIn(ctx)
    try {
      const answers = await this.known.ask(ctx, engine, customer, () =>
        engine.hurried(async (storefront) => {
          const all = await Promise.all(asked.map((item) => storefront.memberPrice({ ...item, customer: customer ?? undefined })))
          const silent = all.find((answer) => !answer.answered)
          // Of one sku that is at fault the others know nothing; an outage or an unknown customer is everybody's.
          if (silent !== undefined && !silent.answered && !all.some((answer) => answer.answered)) throw silent.why
          return all
        }),
      )
      return asked.map((_, i) => {
        const answer = answers?.[i]
        return answer?.answered ? answer.price : null
      })
    } catch (error) {
      if (!isOutage(error)) engine.rest(error)
      return asked.map(() => null)
    }
  }
}
