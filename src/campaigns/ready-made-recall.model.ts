import type { ReadyMadeCampaign } from './ready-made.model.ts'
import {
  CONTROL,
  COUPON,
  coupon,
  days,
  LARGER_THAN_USUAL,
  LAST_NAME,
  mostOff,
  offWords,
  percentOff,
  SHORT_COUPON,
  USUAL,
  USUAL_NAME,
} from './ready-made-words.model.ts'

/** Those who are due, or have been for a while. The first of them is where to begin. */
export const RECALLS: readonly ReadyMadeCampaign[] = [
  {
    code: 'bought-again-once',
    name: { EN: 'Bought again once, silent since', ZH: '复购一次后沉默' },
    purpose: {
      EN: 'Where to begin: they came back once, so they can again. Their usual product in their usual quantity, a coupon, a reminder after a week, and a control group that shows what it brought.',
      ZH: '从这里开始：回来过一次，就能再回来。按常买商品和数量推荐，附一张优惠券，一周后提醒一次，并留出对照组检验效果。',
    },
    parameters: [CONTROL, percentOff(10), mostOff(0.1, 50), days('coupon-days', { EN: 'Coupon good for days', ZH: '优惠券有效天数' }, 14)],
    goods: null,
    plan: ({ at, minor }) => ({
      kind: 'RECALL',
      segments: ['bought-again-once'],
      audience: "in_segment = 'bought-again-once'",
      attributionDays: 30,
      priority: 50,
      messages: [
        {
          name: { EN: 'Usual product and coupon', ZH: '常买商品与优惠券' },
          subject: { EN: `${USUAL_NAME.EN} again?`, ZH: `${USUAL_NAME.ZH}，该补货了吗？` },
          mail: {
            EN: ['It has been a while since your last order.', `${USUAL.EN}: it is here for you.`, COUPON.EN],
            ZH: ['距离您上次下单已有一段时间。', `${USUAL.ZH}，已为您备好。`, COUPON.ZH],
          },
          short: { EN: `${USUAL.EN}: ${SHORT_COUPON.EN}`, ZH: `${USUAL.ZH}。${SHORT_COUPON.ZH}` },
        },
        {
          name: { EN: 'Coupon runs out', ZH: '优惠券即将到期' },
          subject: { EN: 'Your coupon is still good', ZH: '您的优惠券还未使用' },
          mail: {
            EN: [COUPON.EN, `${USUAL.EN}: order whenever it suits you. This is our last reminder.`],
            ZH: [COUPON.ZH, `${USUAL.ZH}，您方便时再下单即可，我们不再提醒。`],
          },
          short: SHORT_COUPON,
        },
      ],
      steps: [
        { by: 'WRITTEN', says: 0 },
        { by: 'WRITTEN', says: 1, delayDays: 7, onlyIf: 'NOT_BOUGHT' },
      ],
      offers: [coupon(offWords(at('percent-off')), at('percent-off'), { validDays: at('coupon-days'), maxAmount: minor('most-off') })],
      onSite: {
        title: { EN: 'Good to see you again', ZH: '欢迎回来' },
        text: { EN: 'A coupon is in your wallet.', ZH: '您的券包里有一张优惠券。' },
      },
    }),
  },
  {
    code: 'usual-product-at-its-time',
    name: { EN: 'Usual product at the usual time', ZH: '到时提醒常买商品' },
    purpose: {
      EN: 'Each day, whoever is expected to order within some days by their own rhythm is reminded of their usual product and quantity. No discount: they buy it anyway. Each customer takes part once; adopt it again under another code for the next round.',
      ZH: '每天找出按自身节奏即将下单的客户，提醒常买商品与数量。不打折：他们本来就会买。每位客户参加一次；下一轮请用另一个代码再采用。',
    },
    parameters: [CONTROL, days('ahead-days', { EN: 'Expected within days', ZH: '预计几天内下单' }, 3, 60)],
    goods: null,
    plan: ({ at }) => ({
      kind: 'RECALL',
      segments: [],
      audience: `number_of_orders >= 3 AND next_order_expected_date BETWEEN today AND +${at('ahead-days')}d`,
      attributionDays: 14,
      priority: 40,
      start: { kind: 'DAILY', time: '10:00' },
      messages: [
        {
          name: { EN: 'Time for the usual', ZH: '常买商品该补货了' },
          subject: { EN: `Time for ${USUAL_NAME.EN}?`, ZH: `该补${USUAL_NAME.ZH}了吗？` },
          mail: {
            EN: [`About now you usually order again. ${USUAL.EN}: a click, and it is on its way.`],
            ZH: [`差不多到您平常补货的时候了。${USUAL.ZH}，下单即发。`],
          },
          short: { EN: `Time again? ${USUAL.EN}.`, ZH: `该补货了吗？${USUAL.ZH}。` },
        },
      ],
      steps: [{ by: 'WRITTEN', says: 0 }],
      offers: [],
      onSite: null,
    }),
  },
  {
    code: 'second-order',
    name: { EN: 'The second order', ZH: '促成第二单' },
    purpose: {
      EN: 'Most customers are lost between the first order and the second. After the first delivery somebody asks how it was and sells nothing; then come a coupon for the second order and one reminder.',
      ZH: '大多数客户流失在第一单与第二单之间。首单送达后先问候、不推销；随后送上第二单优惠券，再提醒一次。',
    },
    parameters: [
      CONTROL,
      days('within-days', { EN: 'First order within days', ZH: '首单发生在几天内' }, 30),
      days('delivery-days', { EN: 'Days until it is delivered', ZH: '送达所需天数' }, 5, 60),
      percentOff(10),
      mostOff(0.1, 50),
    ],
    goods: null,
    plan: ({ at, minor }) => ({
      kind: 'RECALL',
      segments: [],
      audience: `number_of_orders = 1 AND first_order_date BETWEEN -${at('within-days')}d AND today`,
      attributionDays: 60,
      priority: 45,
      start: { kind: 'DAILY', time: '10:00' },
      messages: [
        {
          name: { EN: 'How was it?', ZH: '首单问候' },
          subject: { EN: `How is ${LAST_NAME.EN}?`, ZH: `${LAST_NAME.ZH}用得还好吗？` },
          mail: {
            EN: [
              'Thank you for your first order. Did everything arrive well, and is it what you expected?',
              'If anything is not right, answer this mail: a person reads it.',
            ],
            ZH: ['感谢您的首次下单。商品是否完好送达、是否符合预期？', '如有任何问题，请直接回复，我们会有专人处理。'],
          },
          short: { EN: `How is ${LAST_NAME.EN}? Tell us if anything is not right.`, ZH: `${LAST_NAME.ZH}用得还好吗？有问题请告诉我们。` },
        },
        {
          name: { EN: 'Coupon for the second order', ZH: '第二单优惠券' },
          subject: { EN: 'For your second order', ZH: '您的第二单优惠' },
          mail: { EN: ['We would like to see you again.', COUPON.EN], ZH: ['期待您再次光临。', COUPON.ZH] },
          short: SHORT_COUPON,
        },
        {
          name: { EN: 'Second order, reminder', ZH: '第二单提醒' },
          subject: { EN: 'Your coupon is still good', ZH: '您的优惠券还未使用' },
          mail: { EN: [COUPON.EN, 'This is our last reminder.'], ZH: [COUPON.ZH, '我们不再提醒。'] },
          short: SHORT_COUPON,
        },
      ],
      steps: [
        { by: 'WRITTEN', says: 0, delayDays: at('delivery-days'), purpose: 'CARE' },
        { by: 'WRITTEN', says: 1, delayDays: 9, onlyIf: 'NOT_BOUGHT' },
        { by: 'WRITTEN', says: 2, delayDays: 14, onlyIf: 'NOT_BOUGHT' },
      ],
      offers: [coupon(offWords(at('percent-off')), at('percent-off'), { validDays: 60, maxAmount: minor('most-off') })],
      onSite: null,
    }),
  },
  {
    code: 'single-category-regulars',
    name: { EN: 'Regulars of one category', ZH: '单一品类常客' },
    purpose: {
      EN: 'Three orders or more, all of one category: what goes with it, and a coupon for an order that is somewhat larger than usual.',
      ZH: '三单以上、只买一个品类：推荐搭配品类，送一张略高于平常金额可用的优惠券。',
    },
    parameters: [CONTROL, percentOff(10), mostOff(0.1, 50), LARGER_THAN_USUAL],
    goods: null,
    plan: ({ at, minor }) => ({
      kind: 'MARKETING',
      segments: ['single-category-regulars'],
      audience: "in_segment = 'single-category-regulars'",
      attributionDays: 30,
      priority: 20,
      messages: [
        {
          name: { EN: 'What goes with it', ZH: '搭配推荐' },
          subject: { EN: `What goes with ${USUAL_NAME.EN}`, ZH: `与${USUAL_NAME.ZH}搭配` },
          mail: {
            EN: [`You know our ${USUAL_NAME.EN}. Others who buy it also look at the shelves beside it.`, COUPON.EN],
            ZH: [`您常买${USUAL_NAME.ZH}，很多顾客也会一起选购相邻品类。`, COUPON.ZH],
          },
          short: { EN: `Beside ${USUAL_NAME.EN}: ${SHORT_COUPON.EN}`, ZH: `与${USUAL_NAME.ZH}搭配：${SHORT_COUPON.ZH}` },
        },
      ],
      steps: [{ by: 'WRITTEN', says: 0 }],
      offers: [
        coupon(offWords(at('percent-off')), at('percent-off'), {
          validDays: 30,
          maxAmount: minor('most-off'),
          minSubtotal: minor('order-from'),
        }),
      ],
      onSite: {
        title: { EN: 'Beside what you know', ZH: '为您推荐搭配品类' },
        text: { EN: 'A coupon is in your wallet.', ZH: '您的券包里有一张优惠券。' },
      },
    }),
  },
  {
    code: 'cross-category-buyers',
    name: { EN: 'Buyers across categories', ZH: '跨品类客户' },
    purpose: {
      EN: 'They come to the shop and not to one product: what is new in all of it, and a coupon for a basket that is somewhat larger than usual.',
      ZH: '认的是店而不是某个商品：介绍全店新品，送一张略高于平常金额可用的优惠券。',
    },
    parameters: [CONTROL, percentOff(8), mostOff(0.1, 50), LARGER_THAN_USUAL],
    goods: null,
    plan: ({ at, minor }) => ({
      kind: 'MARKETING',
      segments: ['cross-category-buyers'],
      audience: "in_segment = 'cross-category-buyers'",
      exclusions: ['last_order_date >= -14d'],
      attributionDays: 30,
      priority: 20,
      messages: [
        {
          name: { EN: 'All over the shop', ZH: '全店推荐' },
          subject: { EN: 'New on all our shelves', ZH: '全店上新' },
          mail: {
            EN: ['You buy from many of our shelves: all of them have something new.', COUPON.EN],
            ZH: ['您常逛我们的多个品类，各品类都有新品。', COUPON.ZH],
          },
          short: { EN: `New on all our shelves. ${SHORT_COUPON.EN}`, ZH: `全店上新。${SHORT_COUPON.ZH}` },
        },
      ],
      steps: [{ by: 'WRITTEN', says: 0 }],
      offers: [
        coupon(offWords(at('percent-off')), at('percent-off'), {
          validDays: 30,
          maxAmount: minor('most-off'),
          minSubtotal: minor('order-from'),
        }),
      ],
      onSite: null,
    }),
  },
]
