/** A language that the ready-made segments speak. */
export type ReadyMadeLanguage = 'EN' | 'ZH'

type Words = Readonly<Record<ReadyMadeLanguage, string>>

/** A segment that most shops have a use for, to be adopted and changed at will. */
export type ReadyMade = {
  readonly code: string
  readonly name: Words
  /** What to do with it, or to see in it. */
  readonly purpose: Words
  readonly query: string
}

/** Silent for longer than is usual for them: by their own rhythm, else their category's, else the shop's. */
const SILENT = "lifecycle IN ('AT_RISK', 'DORMANT', 'CHURNED')"
const GONE = 'number_of_orders >= 1 AND last_order_date < -365d'
const HEARS = "(email_subscription_status = 'SUBSCRIBED' OR sms_subscription_status = 'SUBSCRIBED')"

/**
 * The first is where to begin. Figures in them are a start for a shop that sells what is used up in weeks, not a truth:
 * who adopts one sets its days to the shop's own rhythm.
 */
export const READY_MADE: readonly ReadyMade[] = [
  {
    code: 'bought-again-once',
    name: { EN: 'Bought again once, silent since', ZH: '复购一次后沉默' },
    purpose: {
      EN: 'The first whom to write to: they came back once, so they can again. Offer what they usually buy, in their usual quantity.',
      ZH: '最先联系的人：回来过一次，就能再回来。按他们常买的商品和数量推荐。',
    },
    query: `number_of_orders = 2 AND ${SILENT}`,
  },
  {
    code: 'first-order-not-followed',
    name: { EN: 'First order not followed', ZH: '首单后未复购' },
    purpose: {
      EN: 'Most customers are lost between the first order and the second. Ask how the goods are, and suggest the second.',
      ZH: '大多数客户流失在第一单与第二单之间。先问使用情况，再推荐第二单。',
    },
    query: 'number_of_orders = 1 AND last_order_date BETWEEN -120d AND -21d',
  },
  {
    code: 'key-customers-silent',
    name: { EN: 'Key customers fallen silent', ZH: '沉默的重点客户' },
    purpose: {
      EN: 'They are among those who bring most of the revenue, and are silent for longer than usual. A person should call; a mass text is too little.',
      ZH: '贡献大部分营收的客户，沉默已超出平常间隔。应由专人致电，群发短信不够。',
    },
    query: `abc_class = 'A' AND number_of_orders >= 3 AND ${SILENT}`,
  },
  {
    code: 'regulars',
    name: { EN: 'Regulars', ZH: '常客' },
    purpose: {
      EN: 'Three orders or more in half a year. Look after them, tell them first of what is new, and do not discount what they buy anyway.',
      ZH: '半年内三单以上。用心维护，新品先告知，不必为他们本来就买的商品打折。',
    },
    query: 'orders_placed MATCHES (date >= -180d, count >= 3)',
  },
  {
    code: 'back-this-month',
    name: { EN: 'Came back this month', ZH: '本月回头客' },
    purpose: {
      EN: 'Repeat customers who bought within thirty days: leave them out of win-back messages.',
      ZH: '三十天内又买的复购客户：召回信息不要发给他们。',
    },
    query: 'number_of_orders >= 2 AND last_order_date >= -30d',
  },
  {
    code: 'single-category-regulars',
    name: { EN: 'Regulars of one category', ZH: '单一品类常客' },
    purpose: {
      EN: 'Three orders or more, all of one category: show them what goes with it.',
      ZH: '三单以上、只买一个品类：推荐与之搭配的品类。',
    },
    query: "number_of_orders >= 3 AND buyer_kind = 'SINGLE_CATEGORY'",
  },
  {
    code: 'cross-category-buyers',
    name: { EN: 'Buyers across categories', ZH: '跨品类客户' },
    purpose: {
      EN: 'They come to the shop and not to one product: tell them of new categories, and give them sets.',
      ZH: '认的是店而不是某个商品：告知新品类，提供组合。',
    },
    query: "number_of_orders >= 2 AND buyer_kind = 'CROSS_CATEGORY'",
  },
  {
    code: 'new-customers',
    name: { EN: 'New customers', ZH: '新客户' },
    purpose: {
      EN: 'First order within thirty days. Welcome them, and see to it that the first order went well.',
      ZH: '三十天内首次下单。欢迎他们，并确认第一单一切顺利。',
    },
    query: 'first_order_date >= -30d',
  },
  {
    code: 'never-bought',
    name: { EN: 'Registered, never bought', ZH: '注册未购买' },
    purpose: {
      EN: 'Known for two weeks or longer without an order: what a large first coupon is for.',
      ZH: '注册两周以上未下单：大额首单券就是给他们的。',
    },
    query: 'number_of_orders = 0 AND customer_added_date < -14d',
  },
  {
    code: 'lost-reachable',
    name: { EN: 'Lost, can be reached', ZH: '已流失、可触达' },
    purpose: {
      EN: 'No order for a year, and they allow email or SMS: whom a survey of lost customers asks.',
      ZH: '一年未下单，仍允许邮件或短信：流失调研的对象。',
    },
    query: `${GONE} AND ${HEARS}`,
  },
  {
    code: 'lost-unreachable',
    name: { EN: 'Lost, cannot be reached', ZH: '已流失、无法触达' },
    purpose: {
      EN: 'No order for a year, and no leave to write. The share of these is what it costs not to ask for contacts.',
      ZH: '一年未下单，也无法联系。这一比例就是当初没有留下联系方式的代价。',
    },
    query: `${GONE} AND NOT ${HEARS}`,
  },
  {
    code: 'birthdays-soon',
    name: { EN: 'Birthday within two weeks', ZH: '两周内生日' },
    purpose: { EN: 'Wish them well; a gift is better than a discount.', ZH: '送上祝福；礼物好过折扣。' },
    query: "anniversary('metafields.facts.birth_date') BETWEEN today AND +14d",
  },
  {
    code: 'enterprise-buyers',
    name: { EN: 'Enterprise buyers', ZH: '企业采购' },
    purpose: {
      EN: 'They buy for a company and can be written to about volume, invoices and certification.',
      ZH: '为企业采购的人，可谈批量、发票与企业认证。',
    },
    query: "customer_kind = 'ENTERPRISE' AND number_of_orders >= 1 AND NOT customer_role = 'ENGINEER'",
  },
  {
    code: 'enterprises-uncertified',
    name: { EN: 'Enterprises without certification', ZH: '未认证企业' },
    purpose: { EN: 'Invite them to be certified, and tell them what it gives.', ZH: '邀请认证，并说明认证后的权益。' },
    query: 'companies IS NOT NULL AND certified_enterprise = false AND number_of_orders >= 1',
  },
  {
    code: 'engineers',
    name: { EN: 'Engineers', ZH: '工程师' },
    purpose: {
      EN: 'They choose and do not buy: data sheets and samples are for them, purchasers’ promotions are not.',
      ZH: '负责选型、不下单：适合资料与样品，不适合采购促销。',
    },
    query: "customer_role = 'ENGINEER'",
  },
  {
    code: 'resellers',
    name: { EN: 'Buy to sell on', ZH: '转售客户' },
    purpose: {
      EN: 'Price and supply decide for them: quantity breaks, early news of stock.',
      ZH: '价格与供货决定一切：数量阶梯价、到货先通知。',
    },
    query: "customer_purpose = 'RESALE' AND number_of_orders >= 1",
  },
]
