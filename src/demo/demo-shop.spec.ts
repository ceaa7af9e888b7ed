import { expect, test } from 'vitest'
import { DAY_MS, instant } from '../kernel/clock.ts'
import { localTime } from '../kernel/zone.ts'
import { makeDemoShop } from './demo-shop.rules.ts'

const ZONE = 'Asia/Shanghai'
const NOW = instant(Date.UTC(2026, 2, 5, 4))
const SHOP = makeDemoShop('regulars', NOW, ZONE)

/** What each customer bought, and how often, by the orders that count. */
function purchases(shop = SHOP): { orders: number; amount: number }[] {
  const byCustomer = new Map<string, { orders: number; amount: number }>()
  for (const { customer, status, lines } of shop.orders) {
    if (customer === null || status === 'CANCELLED' || status === 'PLACED') continue
    const so = byCustomer.get(customer.value) ?? { orders: 0, amount: 0 }
    so.orders += 1
    so.amount += lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0)
    byCustomer.set(customer.value, so)
  }
  return [...byCustomer.values()]
}

test('the same seed and instant make the same shop', () => {
  expect(makeDemoShop('regulars', NOW, ZONE)).toEqual(SHOP)
})

test('another seed makes another shop of the same shape', () => {
  const other = makeDemoShop('another', NOW, ZONE)
  expect(other.orders).not.toEqual(SHOP.orders)
  expect(concentration(other)).toBeGreaterThan(0.55)
  expect(concentration(other)).toBeLessThan(0.85)
})

/** What share of the revenue the best fifth of the buyers bring. */
function concentration(shop = SHOP): number {
  const amounts = purchases(shop)
    .map(({ amount }) => amount)
    .sort((a, b) => b - a)
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  return amounts.slice(0, amounts.length / 5).reduce((sum, amount) => sum + amount, 0) / total
}

test('a fifth of the buyers bring most of the revenue, but not all of it', () => {
  expect(concentration()).toBeGreaterThan(0.55)
  expect(concentration()).toBeLessThan(0.85)
})

test('most buyers bought once or twice, and some for years', () => {
  const orders = purchases().map((customer) => customer.orders)
  const share = (holds: (count: number) => boolean) => orders.filter(holds).length / orders.length
  expect(share((count) => count <= 2)).toBeGreaterThan(0.5)
  expect(share((count) => count >= 2)).toBeGreaterThan(0.35)
  expect(share((count) => count >= 2)).toBeLessThan(0.65)
  expect(share((count) => count >= 12)).toBeGreaterThan(0.01)
})

test('the average order is far above the usual one: values have a heavy tail', () => {
  const values = SHOP.orders.map(({ lines }) => lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0)).sort((a, b) => a - b)
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  expect(average).toBeGreaterThan(1.7 * (values[Math.floor(values.length / 2)] ?? 0))
})

test('orders come up to the last day, and none after it or before their customer', () => {
  const since = new Map(SHOP.customers.map((customer) => [customer.externalId, customer.registeredAt ?? NOW]))
  for (const { placedAt, customer } of SHOP.orders) {
    expect(placedAt).toBeLessThan(NOW)
    if (customer !== null) expect(placedAt).toBeGreaterThanOrEqual(since.get(customer.value) ?? NOW)
  }
  expect(SHOP.orders.filter(({ placedAt }) => placedAt > NOW - 7 * DAY_MS).length).toBeGreaterThan(20)
  expect(SHOP.orders.filter(({ placedAt }) => placedAt < NOW - 700 * DAY_MS).length).toBeGreaterThan(20)
})

test('the moment at which it is made moves all of it along', () => {
  const later = makeDemoShop('regulars', instant(NOW + 100 * DAY_MS), ZONE)
  expect(later.orders.filter(({ placedAt }) => placedAt > NOW + 93 * DAY_MS).length).toBeGreaterThan(20)
})

test('companies buy in working hours, people for themselves in the evening', () => {
  const atWork = new Set(SHOP.customers.filter((customer) => customer.kind === 'ENTERPRISE').map((customer) => customer.externalId))
  const evenings = (work: boolean) => {
    const orders = SHOP.orders.filter(({ customer }) => customer !== null && atWork.has(customer.value) === work)
    return orders.filter(({ placedAt }) => localTime(placedAt, ZONE).minuteOfDay >= 19 * 60).length / orders.length
  }
  expect(evenings(true)).toBeLessThan(0.1)
  expect(evenings(false)).toBeGreaterThan(0.25)
})

test('November, with double eleven in it, sells more than the February after it', () => {
  const sold = (month: string) => SHOP.orders.filter(({ placedAt }) => localTime(placedAt, ZONE).day.startsWith(month)).length
  expect(sold('2025-11')).toBeGreaterThan(1.3 * sold('2026-02'))
})

test('nobody can be reached: emails are of example.com and phones ring nowhere', () => {
  for (const { email, phone } of SHOP.customers) {
    expect(email).toMatch(/@example\.com$/)
    if (phone !== null) expect(phone).toMatch(/^(154\d{8}|\+44 7700 900\d{3})$/)
  }
})

test('every order is of products that were on sale by then', () => {
  const launched = new Map(SHOP.products.map((product) => [product.sku, product.launchedAt]))
  for (const { placedAt, lines } of SHOP.orders) for (const { sku } of lines) expect(launched.get(sku)).toBeLessThan(placedAt)
})

test('no product costs the shop more than it sells for', () => {
  for (const { listPrice, costPrice, floorPrice } of SHOP.products) {
    expect(costPrice).toBeLessThan(listPrice)
    expect(floorPrice ?? costPrice).toBeLessThanOrEqual(listPrice)
  }
})
