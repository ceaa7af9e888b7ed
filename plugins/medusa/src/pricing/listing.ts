import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import type { MemberPrice } from '@regulars/client'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { type Amount, toDecimal, toMajor, toMinor } from '../money.ts'
import { actorOf } from '../request.ts'

type CalculatedPrice = {
  calculated_amount: number | null
  raw_calculated_amount?: Amount | null
  original_amount: number | null
  currency_code: string | null
  calculated_price?: { price_list_type: string | null }
}

type Variant = { id: string; sku?: string | null; calculated_price?: CalculatedPrice | null; regulars?: ReturnType<typeof viewOf> }
type Listed = Variant & { variants?: (Variant | null)[] }

type Query = {
  graph: (config: { entity: string }, ...rest: unknown[]) => Promise<{ data: unknown }>
  index: (config: { entity: string }, ...rest: unknown[]) => Promise<{ data: unknown }>
}

const LISTED = /^(product|variant)s?$|^product_?variants?$/i

/**
 * Lets whatever answers this request read products at the shopper's prices. It stands between the route and Medusa's
 * query, and not behind the answer, so that Medusa works out taxes from the member price itself.
 */
export function showMemberPrices(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY) as unknown as Query
  const read =
    (method: 'graph' | 'index') =>
    async (config: { entity: string }, ...rest: unknown[]) => {
      const answer = await query[method](config, ...rest)
      if (LISTED.test(config.entity)) await priceListed(req, answer.data)
      return answer
    }
  const graph = read('graph')
  const index = read('index')
  const priced = new Proxy(query, {
    get: (target, name, receiver) => (name === 'graph' ? graph : name === 'index' ? index : Reflect.get(target, name, receiver)),
  })
  req.scope.register({ [ContainerRegistrationKeys.QUERY]: { resolve: () => priced } } as never)
  next()
}

/** One request for all variants of the page. */
async function priceListed(req: MedusaRequest, data: unknown): Promise<void> {
  const listed = (Array.isArray(data) ? data : [data]) as readonly Listed[]
  const variants = listed
    .flatMap((one) => one?.variants ?? [one])
    .filter((variant): variant is Variant & { calculated_price: CalculatedPrice } => variant?.calculated_price?.calculated_amount != null)
  if (variants.length === 0) return

  const regulars = req.scope.resolve<RegularsModuleService>(REGULARS)
  const currency = await regulars.currency()
  if (currency === null) return
  const shopper = actorOf(req)
  const customer = shopper === null ? {} : { customer: { externalId: shopper } }
  const skus = await skusOf(req, variants)
  await Promise.all(
    variants.map(async (variant) => {
      const { calculated_price } = variant
      if (calculated_price.currency_code !== currency) return
      const sku = skus.get(variant.id)
      const listPrice = toMinor(calculated_price.raw_calculated_amount ?? calculated_price.calculated_amount ?? 0, currency)
      if (!sku || listPrice === null) return
      const answer = await regulars.prices.memberPrice({ sku, listPrice, ...customer })
      if (answer.answered) show(variant, answer.price, currency)
    }),
  )
}

/** Requests may choose the fields of the answer, and need not have chosen the sku. */
async function skusOf(req: MedusaRequest, variants: readonly Variant[]): Promise<Map<string, string | null | undefined>> {
  if (variants.every(({ sku }) => sku !== undefined)) return new Map(variants.map(({ id, sku }) => [id, sku]))
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'variants', fields: ['id', 'sku'], filters: { id: variants.map(({ id }) => id) } })
  return new Map((data as readonly Variant[]).map(({ id, sku }) => [id, sku]))
}

function show(variant: Variant & { calculated_price: CalculatedPrice }, price: MemberPrice, currency: string): void {
  variant.regulars = viewOf(price, currency)
  if (price.memberPrice === price.listPrice) return
  const was = variant.calculated_price
  variant.calculated_price = {
    ...was,
    calculated_amount: toMajor(price.memberPrice, currency),
    // What storefronts look at to strike the price before through.
    ...(was.calculated_price ? { calculated_price: { ...was.calculated_price, price_list_type: 'sale' } } : {}),
    ...(was.raw_calculated_amount == null
      ? {}
      : { raw_calculated_amount: { value: toDecimal(price.memberPrice, currency), precision: 20 } as never }),
  }
}

/** In major units, as everywhere in Medusa's API. */
function viewOf({ listPrice, memberPrice, saving, rules, nextTierPrice, quantityBreaks }: MemberPrice, currency: string) {
  const major = (minor: number) => toMajor(minor, currency)
  return {
    list_price: major(listPrice),
    member_price: major(memberPrice),
    saving: major(saving),
    rules: rules.map(({ kind, code, name, amount }) => ({ kind, code, name, amount: major(amount) })),
    next_tier: nextTierPrice && { name: nextTierPrice.tier.name, price: major(nextTierPrice.price) },
    quantity_breaks: quantityBreaks.map(({ minQuantity, price }) => ({ min_quantity: minQuantity, price: major(price) })),
  }
}
