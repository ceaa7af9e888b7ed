import { model } from '@medusajs/framework/utils'

/** How far the first full sync is: one row each for customers, products and orders. */
export const RegularsSync = model.define('regulars_sync', {
  id: model.id().primaryKey(),
  /** The last id that was told; the next page begins behind it. */
  cursor: model.text().nullable(),
  told: model.number().default(0),
  finished_at: model.dateTime().nullable(),
})
