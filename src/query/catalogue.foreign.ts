import type { Sentence } from './sentences.ts'

/** Attributes of Shopify's that mean nothing here, each with what to say to somebody who brings a query along. */
export const foreignAttributes: ReadonlyMap<string, Sentence> = new Map([
  [
    'customer_account_status',
    { en: 'customers have no accounts here that could be enabled or disabled.', zh: '这里的客户没有可启用或停用的账户。' },
  ],
  [
    'customer_within_distance',
    {
      en: 'there are no coordinates here; ask for customer_cities, customer_regions or customer_countries.',
      zh: '这里没有坐标；请用 customer_cities、customer_regions 或 customer_countries。',
    },
  ],
  [
    'product_subscription_status',
    {
      en: 'there are no product subscriptions here; ask for products_purchased with a date.',
      zh: '这里没有商品订阅；请用带日期的 products_purchased。',
    },
  ],
  ['store_credit_accounts', { en: 'there is no store credit here.', zh: '这里没有店铺余额。' }],
  [
    'created_by_app_id',
    { en: 'customers are not made by apps here; ask for customer_source.', zh: '这里的客户不由应用创建；请用 customer_source。' },
  ],
])
