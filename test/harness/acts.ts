import {
  type LadderInput,
  type OfferInput,
  PinTierDocument,
  PublishDocument,
  SaveLadderDocument,
  SaveOfferDocument,
  SaveTierDocument,
} from '../generated/admin.ts'
import {
  MemberPriceDocument,
  type ProductInput,
  QuoteDocument,
  type QuoteQuery,
  RecordOrdersDocument,
  UpsertCustomersDocument,
  UpsertProductsDocument,
} from '../generated/storefront.ts'
import type { TestShop } from './shop.ts'

// What staff and plugins do, in a line each: the world of a test is made through the APIs, never behind their backs.

/** Tiers from the lowest up. */
export async function tiers(shop: TestShop, ...codes: readonly string[]): Promise<void> {
  for (const [i, code] of codes.entries()) await shop.staff(SaveTierDocument, { input: { code, name: code, rank: i + 1 } })
}

/** Products by sku: a list price, or all that is known of one. */
export async function products(shop: TestShop, all: Readonly<Record<string, number | Partial<ProductInput>>>): Promise<void> {
  await shop.plugin(UpsertProductsDocument, {
    products: Object.entries(all).map(([sku, facts]) => ({
      sku,
      name: sku,
      listPrice: 0,
      ...(typeof facts === 'number' ? { listPrice: facts } : facts),
    })),
  })
}

/** Customers by external id, with the tier that each is given by hand (null: none) or with facts of theirs. */
export async function customers(shop: TestShop, all: Readonly<Record<string, string | null | object>>): Promise<void> {
  await shop.plugin(UpsertCustomersDocument, {
    customers: Object.entries(all).map(([externalId, facts]) => ({ externalId, ...(typeof facts === 'string' ? {} : facts) })),
  })
  for (const [externalId, tierCode] of Object.entries(all)) if (typeof tierCode === 'string') await pin(shop, externalId, tierCode)
}

export async function pin(shop: TestShop, externalId: string, tierCode: string, until?: string): Promise<void> {
  await shop.staff(PinTierDocument, { customer: { externalId }, tierCode, until })
}

/** Paid orders, each of one line, as [customer, sku, unit price, quantity, placed at]. */
export async function orders(shop: TestShop, ...all: readonly (readonly [string, string, number, number, string])[]): Promise<void> {
  await shop.plugin(RecordOrdersDocument, {
    orders: all.map(([externalId, sku, unitPrice, quantity, placedAt], i) => ({
      externalId: `${externalId}-${placedAt}-${i}`,
      customer: { externalId },
      placedAt,
      lines: [{ sku, quantity, unitPrice }],
    })),
  })
}

/** Loosely, since a rule has many forms and the schema tells a wrong one. */
type RuleInput = { readonly code: string } & Readonly<Record<string, unknown>>

export async function saveLadder(shop: TestShop, input: RuleInput): Promise<void> {
  await shop.staff(SaveLadderDocument, { input: { name: input.code, ...input } as LadderInput })
}

export async function saveOffer(shop: TestShop, input: RuleInput): Promise<void> {
  await shop.staff(SaveOfferDocument, { input: { name: input.code, ...input } as OfferInput })
}

export async function publish(shop: TestShop, ...codes: readonly string[]): Promise<number> {
  return (await shop.staff(PublishDocument, { codes: [...codes] })).publish.bookVersion
}

/** A ladder of one rung a tier, published at once. */
export async function publishLadder(
  shop: TestShop,
  code: string,
  percentOff: Readonly<Record<string, number>>,
  more: object = {},
): Promise<void> {
  const rungs = Object.entries(percentOff).map(([tierCode, percent]) => ({ tierCode, adjustment: { percentOff: percent } }))
  await saveLadder(shop, { code, rungs, ...more })
  await publish(shop, code)
}

export async function publishOffer(shop: TestShop, input: RuleInput): Promise<void> {
  await saveOffer(shop, input)
  await publish(shop, input.code)
}

/** What one unit costs a customer (null: nobody identified). */
export async function memberPrice(shop: TestShop, externalId: string | null, sku: string, quantity = 1): Promise<number | undefined> {
  const { memberPrices } = await shop.plugin(MemberPriceDocument, { items: [{ sku, quantity }], customer: refOf(externalId) })
  return memberPrices[0]?.memberPrice
}

/** A cart of quantities by sku, priced for a customer (null: nobody identified). */
export async function quote(
  shop: TestShop,
  externalId: string | null,
  cart: Readonly<Record<string, number>>,
  codes: readonly string[] = [],
  explain = false,
): Promise<QuoteQuery['quote']> {
  const lines = Object.entries(cart).map(([sku, quantity]) => ({ sku, quantity }))
  return (await shop.plugin(QuoteDocument, { cart: { lines, codes: [...codes] }, customer: refOf(externalId), explain })).quote
}

const refOf = (externalId: string | null) => (externalId === null ? null : { externalId })
