import { model } from '@medusajs/framework/utils'

/** What Regulars knows of a Medusa cart, by the cart's id. The shopper cannot write here, as they can in a cart's metadata. */
export const RegularsCart = model.define('regulars_cart', {
  id: model.id().primaryKey(),
  /** The customer who signed in with this cart. Medusa's own customer_id may come from an email that anybody can type. */
  shopper_id: model.text().nullable(),
  codes: model.array().default([]),
  link_token: model.text().nullable(),
  /** How the cart was priced last: a PricedCart. */
  priced: model.json().nullable(),
  reservation_id: model.text().nullable(),
  /** How often a reservation was asked for: each has an idempotency key of its own. */
  attempt: model.number().default(0),
})
