import { bearer } from './client.ts'
import type { TestShop } from './shop.ts'

// Ladders and offers as staff load, edit and save them.

const TERMS = `version name priority audience validFrom validUntil publishedAt state scheduledFor
  scope { skus categories brands productTags excludedSkus excludedCategories excludedBrands excludedProductTags launchedWithinDays }
  schedule { daysOfMonth daysOfWeek fromTime untilTime }`
const ADJUSTMENT = 'adjustment { percentOff amountOff fixedPrice }'
const LADDER_VERSION = `${TERMS} rungs { tier { code } minQuantity ${ADJUSTMENT} }`
const OFFER_VERSION = `${TERMS} description trigger combination firstOrderOnly onlyUndiscounted totalLimit perCustomerLimit budget returnsRestoreUse
  coupons { claimable stock perCustomer validDays claimFrom claimUntil }
  product { ${ADJUSTMENT} minSubtotal minQuantity maxUnitsPerOrder maxUnitsPerCustomer }
  order { form repeat multiBuy { every units percentOff } bundle { items { sku quantity } price }
    steps { minSubtotal minQuantity minTier { code } percentOff amountOff maxAmount freeShipping gifts { sku quantity minTier { code } }
      surprise { name odds gift { sku quantity } amount } } }`

const LADDER = `id code status draft { ${LADDER_VERSION} } published { ${LADDER_VERSION} }`
const OFFER = `id code level status draft { ${OFFER_VERSION} } published { ${OFFER_VERSION} }`

export const SAVE_LADDER = `mutation ($input: LadderInput!, $expectedVersion: Int) { saveLadder(input: $input, expectedVersion: $expectedVersion) { ${LADDER} } }`
export const SAVE_OFFER = `mutation ($input: OfferInput!, $expectedVersion: Int) { saveOffer(input: $input, expectedVersion: $expectedVersion) { ${OFFER} } }`

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

export const saveLadder = async (shop: TestShop, input: object, expectedVersion?: number): Promise<Answer> =>
  (await shop.admin(SAVE_LADDER, { input, expectedVersion })).saveLadder
export const saveOffer = async (shop: TestShop, input: object, expectedVersion?: number): Promise<Answer> =>
  (await shop.admin(SAVE_OFFER, { input, expectedVersion })).saveOffer

export const ladder = async (shop: TestShop, code: string): Promise<Answer> =>
  (await shop.admin(`query ($code: String!) { ladder(code: $code) { ${LADDER} } }`, { code })).ladder
export const offer = async (shop: TestShop, code: string): Promise<Answer> =>
  (await shop.admin(`query ($code: String!) { offer(code: $code) { ${OFFER} } }`, { code })).offer

export const publish = async (shop: TestShop, ...codes: readonly string[]): Promise<Answer> =>
  (
    await shop.admin('mutation ($codes: [String!]!) { publish(codes: $codes) { bookVersion warnings { ruleCode kind message } } }', {
      codes,
    })
  ).publish
export const retire = async (shop: TestShop, ...codes: readonly string[]): Promise<Answer> =>
  (await shop.admin('mutation ($codes: [String!]!) { retire(codes: $codes) { bookVersion warnings { kind } } }', { codes })).retire
export const deleteDraft = async (shop: TestShop, code: string): Promise<Answer> =>
  (await shop.admin('mutation ($code: String!) { deleteDraft(code: $code) }', { code })).deleteDraft

/** Why the owner's request is refused: `CODE at the.input.path`. */
export async function refusal(shop: TestShop, query: string, variables: object): Promise<string> {
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), query, variables)
  const [first] = errors
  return first === undefined ? 'accepted' : `${first.extensions.code} at ${(first.extensions.inputPath ?? []).join('.')}`
}

/** A version as its input: what an editor sends back. Tiers become their codes; nothing else needs more than a new name. */
export function asInput(rule: Answer, version: Answer = rule.draft ?? rule.published): Answer {
  const { version: _, publishedAt: __, state: ___, scheduledFor: ____, ...terms } = version
  return withTierCodes({ code: rule.code, ...(rule.level === undefined ? {} : { level: rule.level }), ...terms })
}

function withTierCodes(value: Answer): Answer {
  if (Array.isArray(value)) return value.map(withTierCodes)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => renamed(key, inner)))
}

function renamed(key: string, inner: Answer): [string, Answer] {
  if (key === 'tier' || key === 'minTier') return [`${key}Code`, inner?.code ?? null]
  if (key === 'adjustment') return [key, Object.fromEntries(Object.entries(inner).filter(([, given]) => given !== null))]
  return [key, withTierCodes(inner)]
}
