import { customers, orders, publish, saveLadder, saveOffer, tiers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// What staff are warned of, in few words.

export type Told = {
  readonly ruleCode: string
  readonly ruleName: string
  readonly kind: string
  readonly message: string
  readonly sku: string | null
  readonly tierCode: string | null
  readonly quantity: number | null
  readonly price: number | null
  readonly comparedWith: number | null
}

const WARNINGS = '{ ruleCode ruleName kind message sku tierCode quantity price comparedWith }'

export const warnings = async (shop: TestShop, ...codes: readonly string[]): Promise<Told[]> =>
  (await shop.admin(`query ($codes: [String!]!) { publishWarnings(codes: $codes) ${WARNINGS} }`, { codes })).publishWarnings

export const ofKind = async (shop: TestShop, kind: string, ...codes: readonly string[]): Promise<Told[]> =>
  (await warnings(shop, ...codes)).filter((warning) => warning.kind === kind)

/** Three tiers with a returning customer in each: sil, gol and dia. */
export async function shopWithRegulars(): Promise<TestShop> {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold', 'diamond')
  await customers(shop, { sil: 'silver', gol: 'gold', dia: 'diamond' })
  await orders(
    shop,
    ['sil', 'old', 5_000, 1, '2026-01-01T00:00:00Z'],
    ['gol', 'old', 5_000, 1, '2026-01-01T00:00:00Z'],
    ['dia', 'old', 5_000, 1, '2026-01-01T00:00:00Z'],
  )
  return shop
}

/** A draft of a ladder with a percentage a tier. */
export const draftLadder = (shop: TestShop, code: string, percentOff: Readonly<Record<string, number>>, more: object = {}): Promise<void> =>
  saveLadder(shop, {
    code,
    rungs: Object.entries(percentOff).map(([tierCode, percent]) => ({ tierCode, adjustment: { percentOff: percent } })),
    ...more,
  })

/** A draft of an offer that takes a percentage of a product's price. */
export const draftOffer = (shop: TestShop, code: string, percentOff: number, more: object = {}): Promise<void> =>
  saveOffer(shop, { code, level: 'PRODUCT', product: { adjustment: { percentOff } }, ...more })

export async function inForce(shop: TestShop, code: string, draft: Promise<void>): Promise<void> {
  await draft
  await publish(shop, code)
}
