import { beforeAll, expect, test } from 'vitest'
import { customers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Distributions and hours beside the same, counted one by one in plain code, over a shop with orders of all kinds.

type Order = { readonly who: string; readonly at: number; readonly lines: readonly { sku: string; quantity: number; unitPrice: number }[] }

const PEOPLE = ['ann', 'bob', 'cid', 'dee', 'eve', 'fay', 'gus']
const TAGS: Readonly<Record<string, readonly string[]>> = { ann: ['tea', 'wine'], bob: ['tea'], cid: ['wine'], eve: ['tea'] }
/** Few kinds of everything, so that values meet: the same sku twice in an order, several orders in an hour of the week. */
const ORDERS: readonly Order[] = Array.from({ length: 60 }, (_, i) => ({
  who: PEOPLE[((i % 4) * (i % 3)) % (PEOPLE.length - 1)] ?? 'ann',
  at: Date.UTC(2026, 0, 1) + ((i * 37) % 160) * 11 * 3_600_000 + i,
  lines: Array.from({ length: 1 + (i % 4) }, (_, j) => ({
    sku: `S${(i + j * j) % 3}`,
    quantity: 1 + ((i + j) % 3),
    unitPrice: 50 * (1 + (i % 5)),
  })),
}))

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop({ timeZone: 'America/New_York' })
  await customers(shop, Object.fromEntries(PEOPLE.map((who) => [who, { tags: TAGS[who] ?? [] }])))
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { externalId } }', {
    orders: ORDERS.map(({ who, at, lines }, i) => ({
      externalId: `o${i}`,
      customer: { externalId: who },
      placedAt: new Date(at).toISOString(),
      status: 'PAID',
      lines,
    })),
  })
})

const local = (at: number) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/New_York',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  })
  const of = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  return {
    month: `${of.year}-${of.month}`,
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of.weekday ?? '') + 1,
    hour: Number(of.hour),
  }
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const totalOf = ({ lines }: Order) => sum(lines.map(({ quantity, unitPrice }) => quantity * unitPrice))

const MEASURES: Readonly<Record<string, (own: readonly Order[]) => number[]>> = {
  ORDERS_PER_CUSTOMER: (own) => [own.length],
  ORDERS_PER_MONTH: (own) => [...Map.groupBy(own, ({ at }) => local(at).month).values()].map((orders) => orders.length),
  ORDER_VALUE: (own) => own.map(totalOf),
  SPENT_PER_CUSTOMER: (own) => [sum(own.map(totalOf))],
  PURCHASE_INTERVAL: (own) => own.slice(1).map(({ at }, i) => (at - (own[i]?.at ?? 0)) / 86_400_000),
  UNITS_PER_ORDER: (own) => own.map(({ lines }) => sum(lines.map(({ quantity }) => quantity))),
  SKUS_PER_ORDER: (own) => own.map(({ lines }) => new Set(lines.map(({ sku }) => sku)).size),
}

const valuesBy = (whose: readonly string[], measure: string): number[][] =>
  whose
    .map((who) => ORDERS.filter((order) => order.who === who).toSorted((a, b) => a.at - b.at))
    .filter((own) => own.length > 0)
    .map((own) => MEASURES[measure]?.(own) ?? [])
    .filter((values) => values.length > 0)

/** As PostgreSQL's percentile_cont is described: between two values it lies in proportion. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (percent / 100) * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN]
  return below + (above - below) * (place - Math.floor(place))
}

test.each(Object.keys(MEASURES))('%s is as counted one by one, altogether and by tag', async (measure) => {
  const figure = '{ number amount }'
  const query = (
    by: string,
  ) => `{ distribution(of: ${measure}${by}) { parts { part values customers mean ${figure} percentiles { percent value ${figure} }
    bars { from ${figure} below ${figure} values customers sum ${figure} } } } }`
  const numberOf = (value: { number: number | null; amount: number | null } | null, none: number): number =>
    value?.number ?? value?.amount ?? none
  for (const by of ['', ', by: "tag"']) {
    const { parts } = (await shop.admin(query(by))).distribution
    const whose = (part: string) => (by === '' ? PEOPLE : PEOPLE.filter((who) => TAGS[who]?.includes(part)))
    expect(parts.map(({ part }: { part: string }) => part).toSorted()).toEqual(by === '' ? [''] : ['tea', 'wine'])
    for (const { part, values, customers: n, mean, percentiles, bars } of parts) {
      const each = valuesBy(whose(part), measure)
      const all = each.flat()
      expect([values, n]).toEqual([all.length, each.length])
      // Amounts are told in whole minor units.
      const digits = mean.amount === null ? 9 : -0.31
      expect(numberOf(mean, Number.NaN)).toBeCloseTo(sum(all) / all.length, digits)
      for (const { percent, value } of percentiles) expect(numberOf(value, Number.NaN)).toBeCloseTo(percentile(all, percent), digits)
      for (const bar of bars) {
        const [from, below] = [numberOf(bar.from, 0), numberOf(bar.below, Number.POSITIVE_INFINITY)]
        const within = each.map((own) => own.filter((value) => value >= from && value < below)).filter((own) => own.length > 0)
        expect([bar.values, bar.customers]).toEqual([within.flat().length, within.length])
        expect(numberOf(bar.sum, Number.NaN)).toBeCloseTo(sum(within.flat()), 6)
      }
    }
  }
})

test('hours of the week are as counted one by one', async () => {
  const { weekdayHours } = await shop.admin('{ weekdayHours { weekday hour orders customers revenue } }')
  const hours = Map.groupBy(ORDERS, ({ at }) => 24 * local(at).weekday + local(at).hour)
  expect(weekdayHours).toEqual(
    [...hours.entries()]
      .toSorted(([a], [b]) => a - b)
      .map(([slot, orders]) => ({
        weekday: Math.floor(slot / 24),
        hour: slot % 24,
        orders: orders.length,
        customers: new Set(orders.map(({ who }) => who)).size,
        revenue: sum(orders.map(totalOf)),
      })),
  )
})
