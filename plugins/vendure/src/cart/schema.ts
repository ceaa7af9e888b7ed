import gql from 'graphql-tag'

/** What an order tells besides its lines and discounts, and how a private link comes into it. */
export const cartSchema = gql`
  extend type Order {
    "Null: Regulars did not answer or has nothing to do with this order, which costs its list prices."
    regulars: RegularsQuote
  }

  type RegularsQuote {
    "What the lines cost after all rules, shipping and Vendure's own promotions left out."
    total: Money!
    discountTotal: Money!
    "What comes with it; the shop puts it into the parcel."
    gifts: [RegularsGift!]!
    freeShipping: Boolean!
    "Codes that are in the order and do nothing, and why."
    refusedCodes: [RegularsRefusedCode!]!
    "Why the private link does nothing; null when it is good or there is none."
    refusedLink: String
    "What is missing to the next step of threshold offers."
    nextSteps: [RegularsNextStep!]!
  }

  type RegularsGift {
    sku: String!
    quantity: Int!
  }

  type RegularsRefusedCode {
    code: String!
    outcome: String!
  }

  type RegularsNextStep {
    offerName: String!
    missing: Money!
    missingQuantity: Int!
    amount: Money!
  }

  extend type Mutation {
    "Puts a private link into the active order, in place of the one that is there."
    applyRegularsLink(token: String!): ApplyRegularsLinkResult!
    "Takes it out again."
    removeRegularsLink: Order
    "A coupon for the signed-in customer's wallet. Its code goes into an order by applyCouponCode."
    claimRegularsCoupon(claimCode: String!): ClaimRegularsCouponResult!
    "With it the browser asks Regulars itself, as the components of @regulars/web do; null for somebody who is not signed in."
    regularsShopperToken: RegularsShopperToken
  }

  union ApplyRegularsLinkResult = Order | RegularsRefusedError
  union ClaimRegularsCouponResult = RegularsCoupon | RegularsRefusedError

  "What was asked for cannot be had."
  type RegularsRefusedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "UNKNOWN_CODE, NOT_LIVE, NOT_IN_AUDIENCE, LIMIT_REACHED, ..., or NO_ANSWER when Regulars does not answer."
    reason: String!
  }

  type RegularsCoupon {
    code: String!
    offerName: String!
    validUntil: DateTime
  }

  type RegularsShopperToken {
    token: String!
    expiresAt: DateTime!
  }
`
