import { basisPoints } from '../kernel/money.ts'
import type { ReadyMadeCampaign, ReadyMessage, ReadyStep } from './ready-made.model.ts'
import {
  CONTROL,
  COUPON,
  coupon,
  days,
  LARGE_ORDER,
  LAST_NAME,
  LOST,
  mostOff,
  offWords,
  percentOff,
  SHORT_COUPON,
  USUAL,
  USUAL_NAME,
  WORTH_MORE,
  WORTH_MOST,
} from './ready-made-words.model.ts'

/** What a person says who calls: it asks, and sells nothing. */
const CALL: ReadyMessage = {
  name: { EN: 'A call', ZH: '致电' },
  subject: {
    EN: 'A call to {% if customer.name %}{{ customer.name }}{% else %}a customer{% endif %}',
    ZH: '致电 {% if customer.name %}{{ customer.name }}{% else %}客户{% endif %}',
  },
  mail: { EN: [], ZH: [] },
  short: {
    EN: 'Last bought: {% if last_product.name %}{{ last_product.name }}, {{ last_product.quantity }}{% else %}nothing known{% endif %}; {{ customer.orders }} orders, {{ customer.amount_spent | money }}. Ask what has changed, whether anything was wrong, and what they need now. Write down the reason.',
    ZH: '上次购买：{% if last_product.name %}{{ last_product.name }}，{{ last_product.quantity }} 件{% else %}未知{% endif %}；共 {{ customer.orders }} 单，{{ customer.amount_spent | money }}。询问近况、是否有不满意之处、现在需要什么，并记录原因。',
  },
}

/** After the call, to whoever has not bought. */
const LETTER: ReadyMessage = {
  name: { EN: 'A letter after the call', ZH: '致电后的信' },
  subject: { EN: 'We are here when you need us', ZH: '需要时，我们随时都在' },
  mail: {
    EN: [
      `Thank you for what you have bought from us; last it was ${LAST_NAME.EN}.`,
      'If there is anything that we can do better, or look for, answer this mail: it is read by the person who called you.',
    ],
    ZH: [
      `感谢您一直以来的支持，上次您购买的是${LAST_NAME.ZH}。`,
      '如果有需要改进之处，或需要我们代为寻找的商品，请直接回复，由与您联系的同事阅读。',
    ],
  },
  short: { EN: 'Anything we can do better, or look for? Write to us.', ZH: '有需要改进之处或想找的商品，请告诉我们。' },
}

/** A person first; mail only after ten days without an order. */
const CALL_FIRST: readonly ReadyStep[] = [
  { by: ['PHONE'], says: 0, purpose: 'CARE' },
  { by: 'WRITTEN', says: 1, delayDays: 10, onlyIf: 'NOT_BOUGHT' },
]

const BRAND = {
  EN: '{% if usual_product.brand %}{{ usual_product.brand }}{% else %}what you like{% endif %}',
  ZH: '{% if usual_product.brand %}{{ usual_product.brand }}{% else %}您喜欢的商品{% endif %}',
} as const

/** Said in turn. */
const REGULARS: readonly ReadyMessage[] = [
  {
    name: { EN: 'Favourite brand', ZH: '常买品牌' },
    subject: { EN: `New from ${BRAND.EN}`, ZH: `${BRAND.ZH}上新` },
    mail: {
      EN: [`You have not been here for a while. There is news of ${BRAND.EN}, and ${USUAL.EN} is here as ever.`, COUPON.EN],
      ZH: [`好久不见。${BRAND.ZH}有新品，${USUAL.ZH}也一直为您备着。`, COUPON.ZH],
    },
    short: { EN: `News of ${BRAND.EN}. ${SHORT_COUPON.EN}`, ZH: `${BRAND.ZH}上新。${SHORT_COUPON.ZH}` },
  },
  {
    name: { EN: 'Member coupon', ZH: '会员券' },
    subject: { EN: 'Your member coupon is waiting', ZH: '您的会员券待使用' },
    mail: { EN: [COUPON.EN, `${USUAL.EN}: order whenever it suits you.`], ZH: [COUPON.ZH, `${USUAL.ZH}，您方便时再下单即可。`] },
    short: SHORT_COUPON,
  },
  {
    name: { EN: 'Usual product', ZH: '常买商品' },
    subject: { EN: `${USUAL_NAME.EN} again?`, ZH: `${USUAL_NAME.ZH}，该补货了吗？` },
    mail: { EN: [`${USUAL.EN}: it is here for you.`, COUPON.EN], ZH: [`${USUAL.ZH}，已为您备好。`, COUPON.ZH] },
    short: { EN: `${USUAL.EN}: ${SHORT_COUPON.EN}`, ZH: `${USUAL.ZH}。${SHORT_COUPON.ZH}` },
  },
]

/** Four classes of customers who are lost, each their own way, and the key customers above them. */
export const WIN_BACKS: readonly ReadyMadeCampaign[] = [
  {
    code: 'win-back-never-bought',
    name: { EN: 'Win back: registered, never bought', ZH: '挽回：注册未购买' },
    purpose: {
      EN: 'A large coupon for the first order. Nothing is known of what they are worth: two messages, and no more.',
      ZH: '首单大额券。尚不知其价值：最多发两次。',
    },
    parameters: [CONTROL, percentOff(30), mostOff(0.3, 100)],
    goods: null,
    plan: ({ at, minor }) => ({
      kind: 'WIN_BACK',
      segments: ['never-bought'],
      audience: "in_segment = 'never-bought'",
      attributionDays: 30,
      priority: 30,
      messages: [
        {
          name: { EN: 'First order', ZH: '首单优惠' },
          subject: { EN: 'Your first order, for less', ZH: '您的首单优惠' },
          mail: {
            EN: ['You know us, and have not tried us yet.', COUPON.EN],
            ZH: ['您已关注我们，还没有下过单。', COUPON.ZH],
          },
          short: SHORT_COUPON,
        },
      ],
      steps: [
        { by: 'WRITTEN', says: 0 },
        { by: 'WRITTEN', says: 0, delayDays: 14, onlyIf: 'NOT_BOUGHT' },
      ],
      offers: [
        {
          ...coupon({ EN: `${at('percent-off')} % off your first order`, ZH: `首单减 ${at('percent-off')}%` }, at('percent-off'), {
            validDays: 30,
            maxAmount: minor('most-off'),
          }),
          firstOrderOnly: true,
        },
      ],
      onSite: {
        title: { EN: 'Your first order, for less', ZH: '首单优惠' },
        text: { EN: 'A coupon is in your wallet.', ZH: '您的券包里有一张优惠券。' },
      },
    }),
  },
  {
    code: 'win-back-small',
    name: { EN: 'Win back: once or twice, small orders', ZH: '挽回：一两次小额' },
    purpose: {
      EN: 'Goods at their own price level, for less: those said, else what sells best there. Whom the shop earns little with is written to twice, others three times.',
      ZH: '按其消费水平推荐特价商品：可自行指定，否则取该价位最畅销的商品。价值低的客户发两次，其余三次。',
    },
    parameters: [
      CONTROL,
      LARGE_ORDER,
      {
        code: 'price-level',
        name: { EN: 'Goods up to', ZH: '商品单价不超过' },
        kind: 'AMOUNT',
        usual: 100,
        least: 1,
        most: 1_000_000_000,
        measured: { of: 'TYPICAL_ORDER', share: 0.25 },
      },
      percentOff(15),
    ],
    goods: { name: { EN: 'Goods at that price level', ZH: '该价位的商品' }, ifNone: { bestSellersUpTo: 'price-level' } },
    plan: ({ at, skus }) => ({
      kind: 'WIN_BACK',
      segments: [],
      audience: `number_of_orders BETWEEN 1 AND 2 AND largest_order_amount < ${at('large-order')} AND ${LOST}`,
      attributionDays: 30,
      priority: 25,
      messages: [
        {
          name: { EN: 'Goods at your price', ZH: '为您挑选的特价' },
          subject: { EN: 'Chosen for you, for less', ZH: '为您挑选的特价商品' },
          mail: {
            EN: [
              `Last you bought ${LAST_NAME.EN}. Some of what others like best costs you less now:`,
              '{% for offer in offers %}{{ offer.name }}. {% endfor %}Sign in, and you see your prices.',
            ],
            ZH: [
              `上次您购买了${LAST_NAME.ZH}。下面这些受欢迎的商品，您现在可享特价：`,
              '{% for offer in offers %}{{ offer.name }}。{% endfor %}登录即可看到您的专享价。',
            ],
          },
          short: { EN: 'What others like best costs you less now: sign in and see your prices.', ZH: '热销商品为您特价，登录查看专享价。' },
        },
      ],
      steps: [
        { by: 'WRITTEN', says: 0 },
        { by: 'WRITTEN', says: 0, delayDays: 14, onlyIf: 'NOT_BOUGHT' },
        { by: 'WRITTEN', says: 0, delayDays: 21, onlyIf: 'NOT_BOUGHT', condition: WORTH_MORE },
      ],
      offers: [
        {
          name: { EN: `Your goods, ${at('percent-off')} % off`, ZH: `专享商品减 ${at('percent-off')}%` },
          level: 'PRODUCT',
          scope: { skus: [...skus] },
          product: { adjustment: { percentOff: basisPoints(at('percent-off') * 100) } },
          as: 'OFFER',
          validDays: null,
        },
      ],
      onSite: { title: { EN: 'Chosen for you', ZH: '为您挑选' }, text: { EN: 'Goods that cost you less now.', ZH: '您可享特价的商品。' } },
    }),
  },
  {
    code: 'win-back-large',
    name: { EN: 'Win back: once or twice, large orders', ZH: '挽回：一两次大额' },
    purpose: {
      EN: 'A person calls, asks and sells nothing; a mail follows after ten days. No discount: price was not why they stopped.',
      ZH: '由专人致电问候，不推销；十天后再发一封信。不打折：他们停下来不是因为价格。',
    },
    parameters: [CONTROL, LARGE_ORDER],
    goods: null,
    plan: ({ at }) => ({
      kind: 'WIN_BACK',
      segments: [],
      audience: `number_of_orders BETWEEN 1 AND 2 AND largest_order_amount >= ${at('large-order')} AND ${LOST}`,
      attributionDays: 45,
      priority: 60,
      messages: [CALL, LETTER],
      steps: CALL_FIRST,
      offers: [],
      onSite: null,
    }),
  },
  {
    code: 'win-back-regulars',
    name: { EN: 'Win back: three times and more', ZH: '挽回：三次及以上' },
    purpose: {
      EN: 'Their favourite brand and product and a member coupon, more for the highest tier. Up to eight messages in sixty days to whom most of the revenue is from, four to the middle, two to the others; it ends with an order.',
      ZH: '推荐常买的品牌与商品，附会员券，最高等级力度更大。贡献大部分营收的客户六十天内最多八次，中等四次，其余两次；一下单即停止。',
    },
    parameters: [CONTROL, percentOff(10), mostOff(0.1, 50), days('coupon-days', { EN: 'Coupon good for days', ZH: '优惠券有效天数' }, 60)],
    goods: null,
    plan: ({ at, minor, tierCodes }) => {
      const base = coupon(offWords(at('percent-off')), at('percent-off'), { validDays: at('coupon-days'), maxAmount: minor('most-off') })
      const highest = tierCodes.at(-1)
      const more = { percentOff: basisPoints(Math.min(90, at('percent-off') + 5) * 100), maxAmount: minor('most-off') }
      const steps = [...(base.order?.steps ?? []), ...(highest === undefined ? [] : [{ ...more, minTierCode: highest }])]
      return {
        kind: 'WIN_BACK',
        segments: [],
        audience: `number_of_orders >= 3 AND ${LOST}`,
        attributionDays: 60,
        priority: 35,
        messages: REGULARS,
        steps: [
          { by: 'WRITTEN', says: 0 },
          ...[7, 8, 9, 9, 9, 9, 9].map((delayDays, i): ReadyStep => {
            const condition = i + 2 <= 2 ? null : i + 2 <= 4 ? WORTH_MORE : WORTH_MOST
            return { by: 'WRITTEN', says: (i + 1) % REGULARS.length, delayDays, onlyIf: 'NOT_BOUGHT', condition }
          }),
        ],
        offers: [{ ...base, name: { EN: 'Member coupon', ZH: '会员券' }, order: { ...base.order, steps } }],
        onSite: { title: { EN: 'Your member coupon', ZH: '您的会员券' }, text: { EN: 'It is in your wallet.', ZH: '已放入您的券包。' } },
      }
    },
  },
  {
    code: 'key-customers-silent',
    name: { EN: 'Key customers fallen silent', ZH: '沉默的重点客户' },
    purpose: {
      EN: 'They are among those who bring most of the revenue. A person calls each, asks and sells nothing; a mail follows after ten days.',
      ZH: '贡献大部分营收的客户。逐一由专人致电问候，不推销；十天后再发一封信。',
    },
    parameters: [CONTROL],
    goods: null,
    plan: () => ({
      kind: 'WIN_BACK',
      segments: ['key-customers-silent'],
      audience: "in_segment = 'key-customers-silent'",
      attributionDays: 45,
      priority: 90,
      messages: [CALL, LETTER],
      steps: CALL_FIRST,
      offers: [],
      onSite: null,
    }),
  },
]
