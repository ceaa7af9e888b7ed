import DataLoader from 'dataloader'
import type { Answer } from './answer.ts'
import { RegularsError } from './error.ts'
import type { OnFallback } from './fallback.ts'
import type { CustomerRef, MemberPricesQuery, PriceItemInput } from './generated/storefront.ts'
import type { MemberPrice } from './types.ts'

export type PriceAsked = {
  readonly sku: string
  /** 1. */
  readonly quantity?: number | undefined
  /** What the shop asks of everybody: sent along with a PLUGIN key (else the catalogue's holds), and what is to be shown where no answer comes. */
  readonly listPrice?: number | undefined
  /** Absent: the client's usual one; null: nobody. */
  readonly customer?: CustomerRef | null | undefined
}

export type PriceAnswer =
  | { readonly answered: true; readonly price: MemberPrice }
  | { readonly answered: false; readonly why: RegularsError; readonly listPrice: number | null }

export type AskPrices = (items: PriceItemInput[], customer: CustomerRef | null | undefined) => Promise<Answer<MemberPricesQuery>>

/** As many as one request may ask for. */
const MOST = 250

/** Prices asked for in one tick are one request for each customer; the same one asked for twice is sent once. Nothing is kept for later. */
export function createMemberPrice(
  ask: AskPrices,
  sendsListPrices: boolean,
  onFallback: OnFallback,
): (asked: PriceAsked) => Promise<PriceAnswer> {
  const loader = new DataLoader<PriceAsked, MemberPrice, string>(load, { maxBatchSize: MOST, cacheKeyFn: JSON.stringify })

  async function load(all: readonly PriceAsked[]): Promise<(MemberPrice | RegularsError)[]> {
    loader.clearAll()
    const found: (MemberPrice | RegularsError)[] = []
    await Promise.all(
      byCustomer(all).map(async (places) => {
        const asked = places.map((place) => all[place] as PriceAsked)
        const { data, errors } = await ask(asked.map(itemOf), asked[0]?.customer)
        const faults = new Map<RegularsError, string[]>()
        for (const [i, place] of places.entries()) {
          const price = data?.memberPrices[i]
          const why = errors.find(({ path }) => path?.[1] === i) ?? errors[0] ?? new RegularsError('BAD_ANSWER', 'No price.', false)
          found[place] = price ?? why
          if (!price) faults.set(why, [...(faults.get(why) ?? []), asked[i]?.sku ?? ''])
        }
        for (const [why, skus] of faults) onFallback(why, skus)
      }),
    )
    return found
  }

  const itemOf = ({ sku, quantity = 1, listPrice }: PriceAsked): PriceItemInput => ({
    sku,
    quantity,
    ...(sendsListPrices && listPrice !== undefined ? { listPrice } : {}),
  })

  return ({ sku, quantity = 1, listPrice, customer }) =>
    loader.load({ sku, quantity, ...(listPrice === undefined ? {} : { listPrice }), ...(customer === undefined ? {} : { customer }) }).then(
      (price) => ({ answered: true, price }),
      (why) => ({ answered: false, why, listPrice: listPrice ?? null }),
    )
}

/** The places of those who ask, customer by customer. */
function byCustomer(asked: readonly PriceAsked[]): number[][] {
  const places = new Map<string, number[]>()
  for (const [i, { customer }] of asked.entries()) {
    const key = JSON.stringify(customer)
    const those = places.get(key)
    if (those === undefined) places.set(key, [i])
    else those.push(i)
  }
  return [...places.values()]
}
