import { model } from '@medusajs/framework/utils'

/** Something that Regulars has not been told yet. Its id is what it is about (order:order_123), so that it is there once. */
export const RegularsTask = model
  .define('regulars_task', {
    id: model.id().primaryKey(),
    attempts: model.number().default(0),
    due_at: model.dateTime(),
    /** Counted up by whoever wants it told: one that grew meanwhile is not done. */
    wanted: model.number().default(1),
    last_error: model.text().nullable(),
  })
  .indexes([{ on: ['due_at'] }])
