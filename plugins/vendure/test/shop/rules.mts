/** What the shop's marketer set up in Regulars: gold members pay an eighth less; a code, coupons and a private link besides. */
import type { Engine } from '../../../engine.ts'

export async function saveRules(engine: Engine): Promise<void> {
  await engine.ask(
    'admin',
    `mutation {
      silver: saveTier(input: { code: "silver", name: "Silver", rank: 1 }) { code }
      gold: saveTier(input: { code: "gold", name: "Gold", rank: 2 }) { code }
      diamond: saveTier(input: { code: "diamond", name: "Diamond", rank: 3 }) { code }
      members: saveLadder(input: { code: "members", name: "Member prices", rungs: [
        { tierCode: "silver", adjustment: { percentOff: 5 } }
        { tierCode: "gold", adjustment: { percentOff: 12.5 } }
        { tierCode: "gold", minQuantity: 10, adjustment: { percentOff: 15 } }
        { tierCode: "diamond", adjustment: { percentOff: 20 } }
      ] }) { code }
      welcome: saveOffer(input: { code: "WELCOME", name: "Ten yuan and a fen", level: ORDER, trigger: CODE, combination: STACKABLE
        order: { steps: [{ minSubtotal: 20000, amountOff: 1001 }] } }) { code }
      friends: saveOffer(input: { code: "old-friends", name: "For old friends", level: ORDER, trigger: CODE, combination: STACKABLE
        order: { steps: [{ percentOff: 7 }] }, coupons: { claimable: true, perCustomer: 3, validDays: 30 } }) { code }
      ship: saveOffer(input: { code: "ship", name: "Free shipping from 2,000", level: ORDER, combination: STACKABLE
        order: { steps: [{ minSubtotal: 200000, freeShipping: true, gifts: [{ sku: "SKU-07", quantity: 1 }] }] } }) { code }
      once: saveOffer(input: { code: "ONCE", name: "The first one only", level: ORDER, trigger: CODE, combination: STACKABLE, totalLimit: 1
        order: { steps: [{ amountOff: 500 }] } }) { code }
      last: saveOffer(input: { code: "LAST", name: "The last one", level: ORDER, trigger: CODE, combination: STACKABLE, totalLimit: 1
        order: { steps: [{ amountOff: 500 }] } }) { code }
      publish(codes: ["members", "WELCOME", "old-friends", "ship", "ONCE", "LAST"]) { bookVersion }
    }`,
  )
}

export function pinGold(engine: Engine, externalId: string): Promise<unknown> {
  return engine.ask(
    'admin',
    'mutation ($customer: CustomerRef!) { pinTier(customer: $customer, tierCode: "gold", reason: "a test") { id } }',
    {
      customer: { externalId },
    },
  )
}

export async function makeLink(engine: Engine): Promise<string> {
  const { createPrivateLink } = await engine.ask<{ createPrivateLink: { token: string } }>(
    'admin',
    `mutation { createPrivateLink(input: { name: "A supply for old friends", maxUses: 1, validUntil: "2199-01-01T00:00:00Z"
      items: [{ sku: "SKU-03", adjustment: { fixedPrice: 3000 } }] }) { token } }`,
  )
  return createPrivateLink.token
}

/** What staff see of a cart: the figures that the shop's have to agree with. */
export async function preview(engine: Engine, cart: object, customer: object | null) {
  const { previewQuote } = await engine.ask<{ previewQuote: Preview }>(
    'admin',
    'query ($cart: CartInput!, $customer: CustomerRef) { previewQuote(cart: $cart, customer: $customer) { subtotal discountTotal total lines { id sku unitPrice total } } }',
    { cart, customer },
  )
  return previewQuote
}

type Preview = {
  subtotal: number
  discountTotal: number
  total: number
  lines: { id: string; sku: string; unitPrice: number; total: number }[]
}
