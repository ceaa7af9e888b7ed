import { model } from '@medusajs/framework/utils'

/** What was told to Regulars of a Medusa order, by the order's id. */
export const RegularsOrder = model.define('regulars_order', {
  id: model.id().primaryKey(),
  reservation_id: model.text().nullable(),
  /** By the order line's id: the name of the line in Regulars, which is the cart line's id where there was a cart. */
  lines: model.json(),
  /** The status that was told last; null: nothing yet. */
  told: model.text().nullable(),
  /** By external id of the return: what came back, and whether it was told. */
  returns: model.json(),
})
