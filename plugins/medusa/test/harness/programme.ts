/** The shop's programme in Regulars: gold pays an eighth less, with a code, coupons, and a private link. */
import type { Engine } from '../../../engine.ts'

type Answered = { saved: { code: string } }

/** An eighth makes figures that are not round. */
export async function makeProgramme({ ask }: Engine): Promise<void> {
  await ask<Answered>(
    'admin',
    `mutation {
      silver: saveTier(input: { code: "silver", name: "Silver", rank: 1 }) { code }
      gold: saveTier(input: { code: "gold", name: "Gold", rank: 2 }) { code }
      members: saveLadder(input: { code: "members", name: "Member prices", rungs: [
        { tierCode: "silver", adjustment: { percentOff: 5 } }
        { tierCode: "gold", adjustment: { percentOff: 12.5 } }
      ] }) { code }
      autumn: saveOffer(input: {
        code: "AUTUMN", name: "Autumn", level: ORDER, trigger: CODE, combination: STACKABLE, perCustomerLimit: 1, returnsRestoreUse: true
        order: { steps: [{ minSubtotal: 5000, percentOff: 7 }] }
      }) { code }
      thanks: saveOffer(input: {
        code: "thanks", name: "Thank you", level: ORDER, trigger: CODE, combination: STACKABLE
        coupons: { validDays: 30 }, order: { steps: [{ amountOff: 1000 }] }
      }) { code }
      publish(codes: ["members", "AUTUMN", "thanks"]) { bookVersion }
    }`,
  )
}

export const makeGold = ({ ask }: Engine, customerId: string): Promise<unknown> =>
  ask('admin', 'mutation ($customer: CustomerRef!) { pinTier(customer: $customer, tierCode: "gold", reason: "a regular") { id } }', {
    customer: { externalId: customerId },
  })

export async function giveCoupon({ ask }: Engine, customerId: string): Promise<string> {
  const customer = { externalId: customerId }
  await ask('admin', 'mutation ($customer: CustomerRef!) { issueCoupons(offerCode: "thanks", customers: [$customer]) }', { customer })
  const { shopper } = await ask<{ shopper: { coupons: { code: string }[] } }>(
    'storefront',
    'query ($customer: CustomerRef) { shopper(customer: $customer) { coupons { code } } }',
    { customer },
  )
  const [coupon] = shopper.coupons
  if (coupon === undefined) throw new Error('there is no coupon')
  return coupon.code
}

/** Sells one product for so much, once, to whoever holds it. */
export async function makeLink({ ask }: Engine, sku: string, price: number): Promise<string> {
  const { createPrivateLink } = await ask<{ createPrivateLink: { token: string } }>(
    'admin',
    'mutation ($input: PrivateLinkInput!) { createPrivateLink(input: $input) { token } }',
    { input: { name: 'For you', items: [{ sku, adjustment: { fixedPrice: price } }] } },
  )
  return createPrivateLink.token
}
