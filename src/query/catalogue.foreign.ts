/** Attributes of Shopify's that mean nothing here, each with what to say to somebody who brings a query along. */
export const foreignAttributes: ReadonlyMap<string, string> = new Map([
  ['customer_account_status', 'customers have no accounts here that could be enabled or disabled.'],
  ['customer_within_distance', 'there are no coordinates here; ask for customer_cities, customer_regions or customer_countries.'],
  ['product_subscription_status', 'there are no product subscriptions here; ask for products_purchased with a date.'],
  ['store_credit_accounts', 'there is no store credit here.'],
  ['created_by_app_id', 'customers are not made by apps here; ask for customer_source.'],
])
