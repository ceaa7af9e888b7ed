import gql from 'graphql-tag'

/** What a listing tells besides the price itself. */
export const pricesSchema = gql`
  extend type ProductVariant {
    "What made this shopper's price, and what would make a better one."
    regulars: RegularsPrice!
  }

  extend type SearchResult {
    "The same, of the variant of this result."
    regulars: RegularsPrice!
  }

  "A variant's price for whoever is asking, and how it came about."
  type RegularsPrice {
    "False: Regulars did not answer, and the price is the list price."
    answered: Boolean!
    "What everybody pays, to be struck through."
    listPrice: Money!
    listPriceWithTax: Money!
    "What this shopper pays for one."
    price: Money!
    priceWithTax: Money!
    "List price less price."
    saving: Money!
    savingWithTax: Money!
    "The rules that made the price, in order."
    rules: [RegularsRule!]!
    "What the next tier up would pay, when that is less."
    nextTier: RegularsNextTier
    "Larger quantities that cost less a piece."
    quantityBreaks: [RegularsQuantityBreak!]!
  }

  type RegularsRule {
    "LADDER, OFFER or PRIVATE_LINK."
    kind: String!
    name: String!
    "What it took."
    amount: Money!
  }

  type RegularsNextTier {
    code: String!
    name: String!
    price: Money!
    priceWithTax: Money!
  }

  type RegularsQuantityBreak {
    minQuantity: Int!
    price: Money!
    priceWithTax: Money!
  }
`
