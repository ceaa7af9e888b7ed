import { basisPoints } from '../kernel/money.ts'
import type { ReadyMadeCampaign } from './ready-made.model.ts'
import {
  anyOf,
  CONTROL,
  COUPON,
  coupon,
  days,
  LARGER_THAN_USUAL,
  mostOff,
  offWords,
  percentOff,
  SHORT_COUPON,
  USUAL_NAME,
} from './ready-made-words.model.ts'

const BOUGHT_WITHIN = days('within-days', { EN: 'Bought within days', ZH: '几天内购买过' }, 365)

/** Days of the year, goods that arrive, and those who buy for a company. */
export const OCCASIONS: readonly ReadyMadeCampaign[] = [
  {
    code: 'birthday',
    name: { EN: 'Birthday', ZH: '生日' },
    purpose: {
      EN: 'On the day, a wish and a gift: free shipping, with a present in the parcel where one is named. Each customer takes part once: adopt it again next year under another code.',
      ZH: '生日当天送祝福与礼物：包邮，指定了赠品则随单附赠。每位客户参加一次：明年请用另一个代码再采用。',
    },
    parameters: [{ ...CONTROL, usual: 0 }, days('coupon-days', { EN: 'Gift good for days', ZH: '礼遇有效天数' }, 30)],
    goods: { name: { EN: 'The present', ZH: '赠品' }, ifNone: 'WITHOUT' },
    plan: ({ at, skus }) => ({
      kind: 'CARE',
      segments: [],
      audience: "anniversary('metafields.facts.birth_date') = today",
      attributionDays: 30,
      priority: 70,
      start: { kind: 'DAILY', time: '09:30' },
      messages: [
        {
          name: { EN: 'Birthday wish', ZH: '生日祝福' },
          subject: { EN: 'Happy birthday!', ZH: '生日快乐！' },
          mail: {
            EN: ['All the best on your day. Something from us goes with your next order:', COUPON.EN],
            ZH: ['祝您生日快乐！下一单有我们的一份心意：', COUPON.ZH],
          },
          short: { EN: `Happy birthday! ${SHORT_COUPON.EN}`, ZH: `生日快乐！${SHORT_COUPON.ZH}` },
        },
      ],
      // A wish that brings something to an order is not mere care: it asks for the consent that marketing needs.
      steps: [{ by: 'WRITTEN', says: 0, purpose: 'MARKETING' }],
      offers: [
        {
          name: { EN: 'Birthday gift', ZH: '生日礼遇' },
          level: 'ORDER',
          trigger: 'CODE',
          coupons: { claimable: false, perCustomer: 1, validDays: at('coupon-days') },
          order: {
            form: 'THRESHOLD',
            steps: [{ freeShipping: true, ...(skus.length === 0 ? {} : { gifts: skus.map((sku) => ({ sku })) }) }],
          },
          as: 'COUPON',
          validDays: at('coupon-days'),
        },
      ],
      onSite: {
        title: { EN: 'Happy birthday!', ZH: '生日快乐！' },
        text: { EN: 'Your gift is in your wallet.', ZH: '礼遇已放入您的券包。' },
      },
    }),
  },
  {
    code: 'member-day',
    name: { EN: 'Member day', ZH: '会员日' },
    purpose: {
      EN: 'A day for members alone, told the day before. It is the next such day of the month; adopt it each month under another code. Members: whoever has a tier, and where there are no tiers whoever bought twice.',
      ZH: '会员专属日，提前一天通知。取下一个该日期；每月用另一个代码再采用。会员指有等级的客户；没有等级时指买过两次的客户。',
    },
    parameters: [
      CONTROL,
      { code: 'day-of-month', name: { EN: 'Day of the month', ZH: '每月几号' }, kind: 'DAY_OF_MONTH', usual: 18, least: 1, most: 28 },
      percentOff(12),
    ],
    goods: null,
    plan: ({ at, tierCodes, dayOfMonth }) => {
      const day = (after: number) => new Date(dayOfMonth(at('day-of-month'), after))
      return {
        kind: 'ANNOUNCEMENT',
        segments: [],
        audience: tierCodes.length > 0 ? 'customer_tier IS NOT NULL' : 'number_of_orders >= 2',
        attributionDays: 3,
        priority: 30,
        start: { kind: 'ONCE', at: new Date(day(-1).getTime() + 10 * 3_600_000) },
        endsAt: day(1),
        messages: [
          {
            name: { EN: 'Tomorrow is member day', ZH: '明天是会员日' },
            subject: { EN: 'Tomorrow is your day', ZH: '明天是会员日' },
            mail: {
              EN: [`Tomorrow everything costs members ${at('percent-off')} % less. Sign in, and the prices are yours.`],
              ZH: [`明天会员全场减 ${at('percent-off')}%，登录即享。`],
            },
            short: { EN: `Tomorrow: ${at('percent-off')} % less for members.`, ZH: `明天会员日，全场减 ${at('percent-off')}%。` },
          },
        ],
        steps: [{ by: 'WRITTEN', says: 0 }],
        offers: [
          {
            name: { EN: `Member day, ${at('percent-off')} % off`, ZH: `会员日减 ${at('percent-off')}%` },
            level: 'ORDER',
            order: { form: 'THRESHOLD', steps: [{ percentOff: basisPoints(at('percent-off') * 100) }] },
            validFrom: day(0),
            validUntil: day(1),
            as: 'OFFER',
            validDays: null,
          },
        ],
        onSite: {
          title: { EN: 'Member day', ZH: '会员日' },
          text: { EN: 'Everything costs you less on this day.', ZH: '当天全场为您减价。' },
        },
      }
    },
  },
  {
    code: 'new-arrivals',
    name: { EN: 'New arrivals for their regular buyers', ZH: '新品通知常客' },
    purpose: {
      EN: 'Name the goods that came: those who bought of their categories or brands on two occasions or more within a year hear of it first. No discount: they are regulars of just that.',
      ZH: '指定到店新品：一年内两次以上购买同品类或同品牌的客户最先收到通知。不打折：他们本来就喜欢。',
    },
    parameters: [CONTROL, BOUGHT_WITHIN],
    goods: { name: { EN: 'What arrived', ZH: '到店新品' }, ifNone: 'REFUSE' },
    plan: ({ at, skus, categories, brands }) => {
      const like = (name: string, of: readonly string[]) =>
        of.length === 0 ? [] : [`products_purchased MATCHES (${name} IN ${anyOf(of)}, date >= -${at('within-days')}d, count >= 2)`]
      const kin = [...like('category', categories), ...like('brand', brands)]
      return {
        kind: 'ANNOUNCEMENT',
        segments: [],
        audience: kin.length === 0 ? 'number_of_orders >= 2' : kin.map((one) => `(${one})`).join(' OR '),
        exclusions: [`products_purchased MATCHES (sku IN ${anyOf(skus)})`],
        attributionDays: 21,
        priority: 30,
        messages: [
          {
            name: { EN: 'New arrivals', ZH: '新品到店' },
            subject: { EN: 'New on the shelf that you know', ZH: '您常逛的品类上新了' },
            mail: {
              EN: [`You know our ${USUAL_NAME.EN}. Beside it there is something new, and you hear of it first.`],
              ZH: [`您常买${USUAL_NAME.ZH}，同类新品已到店，先告诉您。`],
            },
            short: { EN: 'New on the shelf that you know: you hear of it first.', ZH: '您常逛的品类上新了，先告诉您。' },
          },
        ],
        steps: [{ by: 'WRITTEN', says: 0 }],
        offers: [],
        onSite: { title: { EN: 'New for you', ZH: '为您上新' }, text: { EN: 'On the shelf that you know.', ZH: '就在您常逛的品类。' } },
      }
    },
  },
  {
    code: 'restocked',
    name: { EN: 'Back in stock, for its regular buyers', ZH: '补货通知常客' },
    purpose: {
      EN: 'Name the goods that are back: those who bought them on two occasions or more within a year are told, but nobody who bought any in the last days.',
      ZH: '指定补货商品：一年内买过两次以上的客户收到通知，近几天刚买过的除外。',
    },
    parameters: [CONTROL, BOUGHT_WITHIN, days('not-within-days', { EN: 'Not bought for days', ZH: '几天内未购买' }, 14)],
    goods: { name: { EN: 'What is back', ZH: '补货商品' }, ifNone: 'REFUSE' },
    plan: ({ at, skus }) => ({
      kind: 'ANNOUNCEMENT',
      segments: [],
      audience: `products_purchased MATCHES (sku IN ${anyOf(skus)}, date >= -${at('within-days')}d, count >= 2)`,
      exclusions: [`products_purchased MATCHES (sku IN ${anyOf(skus)}, date >= -${at('not-within-days')}d)`],
      attributionDays: 14,
      priority: 40,
      messages: [
        {
          name: { EN: 'Back in stock', ZH: '补货通知' },
          subject: { EN: 'Back in stock', ZH: '您常买的商品到货了' },
          mail: {
            EN: ['Something that you buy regularly is here again. It may not stay for long.'],
            ZH: ['您常买的商品已补货，数量有限。'],
          },
          short: { EN: 'Something that you buy regularly is here again.', ZH: '您常买的商品已补货。' },
        },
      ],
      steps: [{ by: 'WRITTEN', says: 0 }],
      offers: [],
      onSite: {
        title: { EN: 'Back in stock', ZH: '已补货' },
        text: { EN: 'What you buy regularly is here again.', ZH: '您常买的商品已补货。' },
      },
    }),
  },
  {
    code: 'new-product-week',
    name: { EN: 'New-product week for returning customers', ZH: '老客户新品周' },
    purpose: {
      EN: 'For a week from its start whoever bought before pays less for what is new; newcomers do not. Set its start, or start it by hand; endsAt ends the week.',
      ZH: '开始后一周内，老客户购买新品享优惠，新客不享。可定时开始或手动开始，到 endsAt 结束。',
    },
    parameters: [
      CONTROL,
      percentOff(10),
      days('new-days', { EN: 'New: launched within days', ZH: '新品：上市几天内' }, 30),
      days('starts-in-days', { EN: 'Starts in days', ZH: '几天后开始' }, 3, 60),
    ],
    goods: null,
    plan: ({ at, inDays }) => ({
      kind: 'MARKETING',
      segments: [],
      audience: 'number_of_orders >= 1',
      attributionDays: 7,
      priority: 30,
      start: { kind: 'ONCE', at: new Date(inDays(at('starts-in-days')) + 10 * 3_600_000) },
      endsAt: new Date(inDays(at('starts-in-days') + 7)),
      messages: [
        {
          name: { EN: 'New-product week', ZH: '新品周' },
          subject: { EN: 'New things, for you first and for less', ZH: '新品周，老客户先享' },
          mail: {
            EN: [
              `For a week what is new costs you ${at('percent-off')} % less, because you have been here before. Sign in, and you see your prices.`,
            ],
            ZH: [`新品周期间，老客户购买新品减 ${at('percent-off')}%，登录即可看到专享价。`],
          },
          short: { EN: `For a week, ${at('percent-off')} % less on what is new.`, ZH: `新品周，老客户减 ${at('percent-off')}%。` },
        },
      ],
      steps: [{ by: 'WRITTEN', says: 0 }],
      offers: [
        {
          name: { EN: `New-product week, ${at('percent-off')} % off`, ZH: `新品周减 ${at('percent-off')}%` },
          level: 'PRODUCT',
          scope: { launchedWithinDays: at('new-days') },
          product: { adjustment: { percentOff: basisPoints(at('percent-off') * 100) } },
          as: 'OFFER',
          validDays: null,
        },
      ],
      onSite: { title: { EN: 'New-product week', ZH: '新品周' }, text: { EN: 'What is new costs you less.', ZH: '新品为您减价。' } },
    }),
  },
  {
    code: 'enterprise-purchasers',
    name: { EN: 'Purchasers of enterprises', ZH: '企业采购' },
    purpose: {
      EN: 'A coupon for a large order, for those who buy for a company. Individuals and engineers are left out: engineers choose and do not buy.',
      ZH: '面向为企业采购的人的大单优惠券。个人与工程师不在内：工程师负责选型、不下单。',
    },
    parameters: [CONTROL, percentOff(8), mostOff(0.2, 500), LARGER_THAN_USUAL],
    goods: null,
    plan: ({ at, minor }) => ({
      kind: 'MARKETING',
      segments: ['enterprise-buyers', 'engineers'],
      audience: "in_segment = 'enterprise-buyers'",
      exclusions: ["customer_kind = 'INDIVIDUAL'", "in_segment = 'engineers'"],
      attributionDays: 45,
      priority: 30,
      messages: [
        {
          name: { EN: 'For purchasing', ZH: '采购优惠' },
          subject: { EN: 'For your next purchase order', ZH: '您的下一张采购单' },
          mail: {
            EN: [COUPON.EN, 'Need an invoice, a quotation or a delivery plan? Answer this mail.'],
            ZH: [COUPON.ZH, '需要发票、报价或分批交货，请直接回复。'],
          },
          short: SHORT_COUPON,
        },
      ],
      steps: [{ by: 'WRITTEN', says: 0 }],
      offers: [
        coupon(offWords(at('percent-off')), at('percent-off'), {
          validDays: 45,
          maxAmount: minor('most-off'),
          minSubtotal: minor('order-from'),
        }),
      ],
      onSite: null,
    }),
  },
]
