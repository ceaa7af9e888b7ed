import type { ReadyMadeLanguage } from '../segments/ready-made.model.ts'
import type { WantedTier } from './tier.model.ts'

type Words = Readonly<Record<ReadyMadeLanguage, string>>

/** A figure of a programme that each shop has for itself; `share`: of the shop's buyers, so many lie below it (0 to 1). */
export type Threshold = {
  readonly code: string
  readonly name: Words
  readonly of: 'TOTAL' | 'TYPICAL_ORDER' | 'ORDERS' | 'TENURE_DAYS' | 'YEARLY_TOTAL'
  readonly share: number
  /** Where the shop has too few buyers to tell; amounts in major units. */
  readonly usual: number
  readonly least: number
}

export type ReadyMadeProgramme = {
  readonly code: string
  readonly name: Words
  readonly description: Words
  readonly thresholds: readonly Threshold[]
  readonly tiers: readonly ReadyMadeTier[]
}

/** `at` gives a threshold by its code, as a query writes it. */
type ReadyMadeTier = Pick<WantedTier, 'code' | 'rank' | 'graceDays'> & {
  readonly name: Words
  readonly qualification: (at: (code: string) => string) => string
  readonly retention: ((at: (code: string) => string, part: (code: string, share: number) => string) => string) | null
}

const yearly = (amount: string) => `orders_placed MATCHES (date >= -365d, sum_amount >= ${amount})`

const spendTier = (rank: number, code: string, name: Words): ReadyMadeTier => ({
  code,
  rank,
  name,
  graceDays: 30,
  qualification: (at) => yearly(at(code)),
  // A little less keeps it: nobody is to lose a tier over one order that came a week late.
  retention: (_, part) => yearly(part(code, 0.8)),
})

const spend = (code: string, name: Words, share: number, usual: number): Threshold => ({
  code,
  name,
  of: 'YEARLY_TOTAL',
  share,
  usual,
  least: 1,
})

/** Two programmes to begin with. What they ask is taken from the shop's own buyers, so that each tier has some of them. */
export const READY_MADE: readonly ReadyMadeProgramme[] = [
  {
    code: 'importance',
    name: { EN: 'Four levels of importance', ZH: '四级客户：重点、重要、潜力、普通' },
    description: {
      EN: 'By typical single order (buying power), total spent and orders (loyalty), and tenure. Key customers have all four, important ones spend much and come back, potential ones order large but not often yet, ordinary ones have bought.',
      ZH: '按典型单次订单额（购买力）、累计金额与订单数（忠诚度）以及客龄划分：四项俱佳为重点客户；消费高且复购为重要客户；单笔大但次数尚少为潜力客户；有过购买为普通客户。',
    },
    thresholds: [
      {
        code: 'key-total',
        name: { EN: 'Total spent by key customers', ZH: '重点客户累计金额' },
        of: 'TOTAL',
        share: 0.8,
        usual: 10_000,
        least: 1,
      },
      {
        code: 'important-total',
        name: { EN: 'Total spent by important customers', ZH: '重要客户累计金额' },
        of: 'TOTAL',
        share: 0.6,
        usual: 3_000,
        least: 1,
      },
      {
        code: 'typical-order',
        name: { EN: 'A large typical order', ZH: '较高的典型单次订单额' },
        of: 'TYPICAL_ORDER',
        share: 0.6,
        usual: 1_000,
        least: 1,
      },
      { code: 'orders', name: { EN: 'Many orders', ZH: '较多订单数' }, of: 'ORDERS', share: 0.6, usual: 3, least: 2 },
      {
        code: 'tenure',
        name: { EN: 'Days since the first order', ZH: '首单至今天数' },
        of: 'TENURE_DAYS',
        share: 0.4,
        usual: 90,
        least: 30,
      },
    ],
    tiers: [
      {
        code: 'ordinary',
        rank: 1,
        name: { EN: 'Ordinary', ZH: '普通客户' },
        graceDays: 0,
        qualification: () => 'number_of_orders >= 1',
        retention: null,
      },
      {
        code: 'potential',
        rank: 2,
        name: { EN: 'Potential', ZH: '潜力客户' },
        graceDays: 30,
        qualification: (at) => `average_order_amount >= ${at('typical-order')}`,
        retention: null,
      },
      {
        code: 'important',
        rank: 3,
        name: { EN: 'Important', ZH: '重要客户' },
        graceDays: 30,
        qualification: (at) => `amount_spent >= ${at('important-total')} AND number_of_orders >= 2`,
        retention: null,
      },
      {
        code: 'key',
        rank: 4,
        name: { EN: 'Key', ZH: '重点客户' },
        graceDays: 30,
        qualification: (at) =>
          `amount_spent >= ${at('key-total')} AND average_order_amount >= ${at('typical-order')} AND number_of_orders >= ${at('orders')} AND first_order_date <= -${at('tenure')}d`,
        // Who has become key and then orders smaller amounts more often stays key.
        retention: (at) => `amount_spent >= ${at('key-total')} AND number_of_orders >= ${at('orders')}`,
      },
    ],
  },
  {
    code: 'yearly-spend',
    name: { EN: 'The classic four', ZH: '经典四级：铜、银、金、白金' },
    description: {
      EN: 'Bronze for who bought in the last 365 days; silver, gold and platinum by what was spent in them. Four fifths of it keep a tier, and thirty days of grace follow.',
      ZH: '近 365 天内有购买即为铜卡，再按消费额分为银、金、白金；达到门槛的八成即可保级，并有三十天宽限期。',
    },
    thresholds: [
      spend('silver', { EN: 'Yearly spend for silver', ZH: '银卡年消费' }, 0.5, 1_000),
      spend('gold', { EN: 'Yearly spend for gold', ZH: '金卡年消费' }, 0.8, 5_000),
      spend('platinum', { EN: 'Yearly spend for platinum', ZH: '白金卡年消费' }, 0.95, 20_000),
    ],
    tiers: [
      {
        code: 'bronze',
        rank: 1,
        name: { EN: 'Bronze', ZH: '铜卡' },
        graceDays: 30,
        qualification: () => 'orders_placed MATCHES (date >= -365d)',
        retention: null,
      },
      spendTier(2, 'silver', { EN: 'Silver', ZH: '银卡' }),
      spendTier(3, 'gold', { EN: 'Gold', ZH: '金卡' }),
      spendTier(4, 'platinum', { EN: 'Platinum', ZH: '白金卡' }),
    ],
  },
]
