import { basisPoints, type Minor, minor } from '../kernel/money.ts'
import type { WantedLadder } from '../ladders/ladder.model.ts'
import type { WantedLink } from '../links/link.model.ts'
import type { WantedOffer } from '../offers/offer.model.ts'
import type { WantedTier } from '../tiers/tier.model.ts'

// What the demo shop promises its customers, as its staff would have written it.

const percent = (share: number) => basisPoints(share * 100)
const yuan = (amount: number): Minor => minor(amount * 100)

/** Four levels, each by what was bought in the last 365 days. */
export const TIERS: readonly WantedTier[] = [
  { code: 'bronze', name: '铜卡 Bronze', rank: 1, qualification: 'orders_placed MATCHES (date >= -365d)', retention: null, graceDays: 0 },
  {
    code: 'silver',
    name: '银卡 Silver',
    rank: 2,
    qualification: 'orders_placed MATCHES (date >= -365d, sum_amount >= 1000, count >= 2)',
    retention: null,
    graceDays: 0,
  },
  {
    code: 'gold',
    name: '金卡 Gold',
    rank: 3,
    qualification: 'orders_placed MATCHES (date >= -365d, sum_amount >= 4000, count >= 3)',
    retention: null,
    graceDays: 0,
  },
  {
    code: 'diamond',
    name: '钻石卡 Diamond',
    rank: 4,
    qualification: 'orders_placed MATCHES (date >= -365d, sum_amount >= 12000, count >= 6)',
    retention: null,
    graceDays: 0,
  },
]

export const LADDERS: readonly WantedLadder[] = [
  {
    code: 'members',
    name: '会员价 Member prices',
    rungs: [
      { tierCode: 'bronze', adjustment: { percentOff: percent(2) } },
      { tierCode: 'silver', adjustment: { percentOff: percent(5) } },
      { tierCode: 'gold', adjustment: { percentOff: percent(10) } },
      { tierCode: 'diamond', adjustment: { percentOff: percent(15) } },
    ],
  },
  {
    code: 'parts-by-quantity',
    name: '元件阶梯价 Parts by quantity',
    scope: { categories: ['passives', 'semiconductors', 'connectors'] },
    rungs: [
      { minQuantity: 10, adjustment: { percentOff: percent(4) } },
      { minQuantity: 50, adjustment: { percentOff: percent(9) } },
      { tierCode: 'silver', minQuantity: 50, adjustment: { percentOff: percent(12) } },
      { tierCode: 'gold', minQuantity: 100, adjustment: { percentOff: percent(18) } },
    ],
  },
  {
    code: 'certified-companies',
    name: '认证企业价 Certified companies',
    audience: 'certified_enterprise = true',
    scope: { excludedCategories: ['kits'] },
    rungs: [{ adjustment: { percentOff: percent(8) } }, { minQuantity: 100, adjustment: { percentOff: percent(20) } }],
  },
  {
    code: 'makers-tools',
    name: '创客工具价 Tools for makers',
    priority: 10,
    audience: "customer_tags CONTAINS 'maker'",
    scope: { categories: ['tools'] },
    rungs: [
      { tierCode: 'bronze', adjustment: { percentOff: percent(6) } },
      { tierCode: 'gold', adjustment: { percentOff: percent(14) } },
    ],
  },
]

export const OFFERS: readonly WantedOffer[] = [
  {
    code: 'spend-more',
    name: '满额立减 Spend and save',
    description: '满 500 减 30，满 1,000 减 80；并赠连接线；金卡以上满 1,000 减 100，另赠螺丝刀。',
    level: 'ORDER',
    order: {
      steps: [
        { minSubtotal: yuan(500), amountOff: yuan(30) },
        { minSubtotal: yuan(1_000), amountOff: yuan(80), gifts: [{ sku: 'CAB-001' }] },
        { minSubtotal: yuan(1_000), minTierCode: 'gold', amountOff: yuan(100), gifts: [{ sku: 'CAB-001' }, { sku: 'HND-001' }] },
      ],
    },
  },
  {
    code: 'free-shipping',
    name: '会员包邮 Free shipping for members',
    level: 'ORDER',
    combination: 'STACKABLE',
    order: {
      steps: [
        { minSubtotal: yuan(199), freeShipping: true },
        { minSubtotal: yuan(49), minTierCode: 'silver', freeShipping: true },
      ],
    },
  },
  {
    code: 'lucky-order',
    name: '满额惊喜 Order surprise',
    description: '实付满 300，有机会得螺丝刀或返现，概率如列，付款成单时开奖。',
    level: 'ORDER',
    combination: 'STACKABLE',
    budget: yuan(5_000),
    order: {
      steps: [
        {
          minSubtotal: yuan(300),
          surprise: [
            { name: '螺丝刀一把 A screwdriver', odds: percent(2.5), gift: { sku: 'HND-001' } },
            { name: '返 10 元 Ten yuan back', odds: percent(10), amount: yuan(10) },
            { name: '返 2 元 Two yuan back', odds: percent(30), amount: yuan(2) },
          ],
        },
      ],
    },
  },
  {
    code: 'second-half-price',
    name: '套件第二件半价 Second kit at half price',
    level: 'ORDER',
    scope: { categories: ['kits/learning'] },
    order: { form: 'MULTI_BUY', multiBuy: { every: 2, units: 1, percentOff: percent(50) } },
  },
  {
    code: 'starter-bundle',
    name: '入门三件套 Starter bundle',
    description: '开发板、电烙铁、连接线，一套更省。',
    level: 'ORDER',
    order: {
      form: 'BUNDLE',
      bundle: { items: [{ sku: 'BRD-001' }, { sku: 'SOL-001' }, { sku: 'CAB-002', quantity: 2 }], price: yuan(169) },
    },
  },
  {
    code: 'old-friends',
    name: '老友 20 元券 Twenty off for old friends',
    description: '买过的朋友每人可领一张，满 100 可用，30 天内有效，领完即止。',
    level: 'ORDER',
    trigger: 'CODE',
    combination: 'STACKABLE',
    audience: 'number_of_orders >= 1',
    order: { steps: [{ minSubtotal: yuan(100), amountOff: yuan(20) }] },
    coupons: { claimable: true, stock: 500, validDays: 30 },
    returnsRestoreUse: true,
  },
  {
    code: 'WELCOME30',
    name: '新客立减 30 Welcome',
    level: 'ORDER',
    trigger: 'CODE',
    firstOrderOnly: true,
    order: { steps: [{ minSubtotal: yuan(200), amountOff: yuan(30) }] },
  },
  {
    code: 'first-order',
    name: '首单学习套件九折 10 % off a first learning kit',
    level: 'PRODUCT',
    firstOrderOnly: true,
    scope: { categories: ['kits/learning'] },
    product: { adjustment: { percentOff: percent(10) }, maxUnitsPerOrder: 1 },
  },
  {
    code: 'member-day',
    name: '会员日 Member day',
    description: '每月 8、18、28 日，银卡以上开发板与传感器 85 折。',
    level: 'PRODUCT',
    priority: 10,
    audience: "customer_tier IN ('silver', 'gold', 'diamond')",
    scope: { categories: ['boards', 'sensors'] },
    schedule: { daysOfMonth: [8, 18, 28] },
    product: { adjustment: { percentOff: percent(15) } },
  },
  {
    code: 'new-week',
    name: '老客新品周 New-product week for returning customers',
    level: 'PRODUCT',
    audience: 'number_of_orders >= 1',
    scope: { launchedWithinDays: 7 },
    product: { adjustment: { percentOff: percent(12) } },
  },
]

/** For whoever holds it, as often as they like. */
export const LINK: WantedLink = {
  name: '老友专享机器人 A robot for old friends',
  message: '谢谢您一直以来的支持。 Thank you for staying with us.',
  note: 'The demo prints its address at every start.',
  items: [{ sku: 'ROB-001', adjustment: { fixedPrice: yuan(299) } }],
  maxUses: null,
}
