import type { Customer, WantedCustomer } from '../customers/customer.model.ts'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { minor } from '../kernel/money.ts'
import type { GivenOrder } from '../orders/given-order.model.ts'
import type { StockedProduct } from './catalogue.rules.ts'
import { NOTHING_KNOWN } from './people.rules.ts'

/** A customer with a name, whom the demo's texts tell of: what they bought, and how many days ago. */
type Role = {
  readonly customer: Pick<Customer, 'name' | 'kind' | 'role' | 'gender' | 'region' | 'city'> &
    Pick<WantedCustomer, 'externalId' | 'companyExternalId' | 'tags'>
  readonly orders: readonly { readonly daysAgo: number; readonly lines: readonly (readonly [sku: string, quantity: number])[] }[]
}

const PERSON = { kind: 'INDIVIDUAL', role: null, companyExternalId: null } as const

/** Each of them is in the tier that their orders give: Mei gold, Hao diamond by his company's purchases, An bronze, Xiaoyu none yet. */
export const CAST: readonly Role[] = [
  {
    customer: {
      ...PERSON,
      externalId: 'mei',
      name: '林梅 Lin Mei',
      gender: 'FEMALE',
      region: '浙江',
      city: '杭州',
      tags: ['maker', 'robotics'],
    },
    orders: [
      {
        daysAgo: 320,
        lines: [
          ['ROB-001', 1],
          ['BAT-001', 2],
        ],
      },
      {
        daysAgo: 244,
        lines: [
          ['MET-001', 2],
          ['SOL-002', 2],
        ],
      },
      {
        daysAgo: 171,
        lines: [
          ['ROB-002', 4],
          ['DRV-001', 4],
        ],
      },
      {
        daysAgo: 96,
        lines: [
          ['BRD-001', 3],
          ['CLI-001', 4],
          ['WLS-001', 4],
        ],
      },
      { daysAgo: 40, lines: [['ROB-003', 3]] },
      {
        daysAgo: 12,
        lines: [
          ['MET-002', 1],
          ['KIT-001', 2],
        ],
      },
    ],
  },
  {
    customer: {
      externalId: 'hao',
      name: '周浩 Zhou Hao',
      kind: 'ENTERPRISE',
      role: 'PURCHASER',
      companyExternalId: 'co-001',
      gender: 'MALE',
      region: '广东',
      city: '深圳',
      tags: ['enterprise'],
    },
    orders: [300, 240, 185, 130, 75, 33, 9].map((daysAgo) => ({
      daysAgo,
      lines: [
        ['RES-001', 120],
        ['MCU-001', 80],
        ['IBD-001', 4],
        ['PSU-001', 10],
      ],
    })),
  },
  {
    customer: { ...PERSON, externalId: 'an', name: '安娜 Anna Dahl', gender: 'FEMALE', region: '上海', city: '上海', tags: ['student'] },
    orders: [{ daysAgo: 25, lines: [['KIT-002', 1]] }],
  },
  {
    customer: {
      ...PERSON,
      externalId: 'xiaoyu',
      name: '陈小雨 Chen Xiaoyu',
      gender: 'FEMALE',
      region: '四川',
      city: '成都',
      tags: ['maker'],
    },
    orders: [],
  },
]

export const castCustomers = (now: Instant): WantedCustomer[] =>
  CAST.map(({ customer, orders }) => ({
    ...NOTHING_KNOWN,
    ...customer,
    email: `${customer.externalId}@example.com`,
    emailVerified: true,
    purpose: customer.kind === 'ENTERPRISE' ? 'PRODUCTION' : 'OWN_USE',
    language: 'zh-CN',
    country: 'CN',
    source: 'recommendation',
    consents: [],
    registeredAt: instant(now - (1 + Math.max(2, ...orders.map(({ daysAgo }) => daysAgo))) * DAY_MS),
  }))

export function castOrders(products: readonly StockedProduct[], now: Instant): GivenOrder[] {
  const priceOf = new Map(products.map(({ sku, listPrice }) => [sku, listPrice]))
  return CAST.flatMap(({ customer, orders }) =>
    orders.map(({ daysAgo, lines }, i) => ({
      externalId: `${customer.externalId}-${i + 1}`,
      customer: { by: 'externalId', value: customer.externalId } as const,
      placedAt: instant(now - daysAgo * DAY_MS),
      status: daysAgo < 10 ? ('PAID' as const) : ('COMPLETED' as const),
      channel: 'web',
      lines: lines.map(([sku, quantity]) => ({ id: null, sku, quantity, unitPrice: priceOf.get(sku) ?? minor(0), total: null })),
    })),
  )
}
