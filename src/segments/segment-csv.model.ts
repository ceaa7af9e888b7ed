/** What is exported of a customer, column by column. */
export const CSV_COLUMNS = [
  'id',
  'external_id',
  'name',
  'email',
  'phone',
  'kind',
  'company',
  'language',
  'country',
  'region',
  'city',
  'tags',
  'number_of_orders',
  'amount_spent',
  'last_order_at',
] as const

export type CsvRow = Readonly<Record<(typeof CSV_COLUMNS)[number], string | number | null>>
