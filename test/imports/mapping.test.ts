import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readMapping } from '../../src/imports/mapping.rules.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { customerIn, everythingIn, importInto, ordersIn, tryImport } from './importing.ts'

const MAPPINGS = path.resolve(import.meta.dirname, '../../docs/guides/mappings')
const mappingNamed = async (name: string): Promise<object> => JSON.parse(await readFile(path.join(MAPPINGS, name), 'utf8'))

test('every mapping of the guide is one', async () => {
  const names = (await readdir(MAPPINGS)).filter((name) => name.endsWith('.json'))
  expect(names.length).toBeGreaterThan(2)
  for (const name of names) expect(readMapping(await mappingNamed(name)), name).toMatchObject({ ok: true })
})

test('lines of a wholesaler: what the mapping does not keep is left out, prices of three decimals are rounded once a line', async () => {
  const shop = await openTestShop({ currency: 'GBP', timeZone: 'Asia/Shanghai' })
  const file = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    '536365,85123A,HOLDER,3,2011-07-01 08:26:00,8.065,17850,United Kingdom',
    '536365,85123A,HOLDER,3,2011-07-01 08:25:00,8.065,17850,United Kingdom',
    'C536379,D,Discount,-1,2011-07-01 09:41:00,27.50,14527,United Kingdom',
    '536366,22633,,-10,2011-07-01 08:28:00,1.85,17850,United Kingdom',
    '536367,22632,WARMER,6,2011-07-01 08:28:00,1.85,,United Kingdom',
    '536368,22632,WARMER,6,2011-07-01 08:28:00,0,17850,United Kingdom',
    '536369,22632,WARMER,5,2011-07-01 08:28:00,0.001,13047,France',
  ].join('\n')
  const { summary } = await importInto(shop, file, { map: await mappingNamed('online-retail.json') })
  expect(summary).toMatchObject({ rows: 7, leftOut: 4, orders: 2, lines: 3, customers: 2, amount: 4_841n })
  const orders = await ordersIn(shop)
  expect(orders['536365']).toMatchObject({
    placedAt: '2011-07-01T07:25:00.000Z',
    lines: [
      { quantity: 3, unitPrice: 807, total: 2_420 },
      { quantity: 3, unitPrice: 807, total: 2_420 },
    ],
  })
  expect(orders['536369']).toMatchObject({ lines: [{ quantity: 5, unitPrice: 0, total: 1 }] })
  expect(await customerIn(shop, '13047')).toMatchObject({ country: 'France', source: 'wholesale' })
})

const TILL = {
  delimiter: ';',
  decimalMark: ',',
  order: {
    id: { column: 'Bon', prefix: 'till-' },
    placedAt: { column: 'Datum', format: 'dd.MM.yyyy HH:mm' },
    status: {
      column: 'Zustand',
      first: [{ when: [{ column: 'Storno', in: ['ja'] }], is: 'CANCELLED' }],
      map: { 'bezahlt*': 'PAID', offen: 'PLACED' },
      otherwise: 'PLACED',
    },
    channel: { column: 'Kasse', otherwise: 'till' },
  },
  customer: {
    keys: [
      { kind: 'card', column: 'Karte' },
      { kind: 'phone', column: 'Telefon' },
    ],
  },
  line: { sku: { columns: ['Artikel', 'Name'] }, quantity: 'Menge', total: 'Betrag' },
}

test('a file of any columns: separators, dates, commas, statuses, prefixes, and who the customer is', async () => {
  const shop = await openTestShop({ currency: 'EUR', timeZone: 'Europe/Berlin' })
  const file = [
    'Bon;Datum;Zustand;Storno;Kasse;Karte;Telefon;Artikel;Name;Menge;Betrag',
    '1;05.04.2026 18:30;bezahlt (bar);;;K-7;;A;Tasse;3;"1.000,00"',
    '2;05.04.2026 18:31;offen;;2;;+49 30 1234567;;Teller;1;5,5',
    '3;05.04.2026 18:32;bezahlt;ja;;;138****0000;A;Tasse;1;1',
    '4;05.04.2026 18:33;sonst;;;**;;A;Tasse;1;1',
  ].join('\n')
  await importInto(shop, iconv.encode(file, 'utf-8'), { map: TILL })
  const orders = await ordersIn(shop)
  expect(orders).toMatchObject({
    'till-1': {
      placedAt: '2026-04-05T16:30:00.000Z',
      status: 'PAID',
      channel: 'till',
      customer: { externalId: 'card:K-7' },
      lines: [{ sku: 'A', quantity: 3, unitPrice: 33_333, total: 100_000 }],
    },
    'till-2': { status: 'PLACED', channel: '2', customer: { externalId: 'phone:+49301234567' }, lines: [{ sku: 'Teller', total: 550 }] },
    'till-3': { status: 'CANCELLED', customer: null },
    'till-4': { status: 'PLACED', customer: null },
  })
})

test('amounts in minor units stay what they are', async () => {
  const shop = await openTestShop({ currency: 'JPY' })
  const map = {
    amounts: 'MINOR',
    order: { id: 'o', placedAt: { column: 't', format: 'unix' }, status: 'PAID' },
    line: { sku: 's', quantity: 'q', unitPrice: 'p', discount: 'd' },
  }
  await importInto(shop, 'o,t,s,q,p,d\n1,1775408781,A,2,100,30\n', { map })
  expect((await ordersIn(shop))['1']).toMatchObject({ placedAt: '2026-04-05T17:06:21.000Z', lines: [{ unitPrice: 100, total: 170 }] })
})

test('what a mapping compares must be there and be a number', async () => {
  const shop = await openTestShop()
  const map = {
    keep: [{ column: 'q', above: 0 }],
    order: { id: 'o', placedAt: 't', status: 'PAID' },
    line: { sku: 's', quantity: 'q', total: 'p' },
  }
  const { rejects, summary } = await importInto(shop, 'o,t,s,q,p\n1,2026-01-01,A,none,100\n2,2026-01-01,A,-1,100\n3,2026-01-01,A,1,100\n', {
    map,
  })
  expect(rejects.map(([line, reason]) => [line, reason])).toEqual([['2', 'q "none" is no number.']])
  expect(summary).toMatchObject({ leftOut: 1, orders: 1 })
  expect(await tryImport(shop, 'o,t\n', { map })).toBe('The file lacks the columns q; p; s. It has: o, t')
})

test('the total of an order is shared out by the largest remainder, and never loses a minor unit', async () => {
  const shop = await openTestShop()
  const map = {
    order: { id: 'o', placedAt: 't', status: 'PAID', total: 'paid', refunded: 'back' },
    line: { sku: 's', quantity: { value: '1' }, unitPrice: 'p' },
  }
  const file = [
    'o,t,s,p,paid,back',
    '1,2026-01-01,A,1,1.00,',
    '1,2026-01-01,B,1,,',
    '1,2026-01-01,C,1,,',
    '2,2026-01-01,A,2.00,,2.00',
    '3,2026-01-01,A,0,5.00,',
  ].join('\n')
  const { rejects } = await importInto(shop, file, { map })
  const orders = await ordersIn(shop)
  expect(orders['1']).toMatchObject({ total: 100, lines: [{ total: 34 }, { total: 33 }, { total: 33 }] })
  // Paid back wholly: no order any more.
  expect(orders['2']).toMatchObject({ status: 'CANCELLED', total: 0 })
  expect(rejects.map(([line, reason]) => [line, reason])).toEqual([['6', 'The order has a total, but its lines cost nothing.']])
})

test('who was there before is completed where nothing was known, and never overwritten', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { name: 'Mei Li', registeredAt: '2020-01-01T00:00:00Z' } })
  const map = {
    order: { id: 'o', placedAt: 't', status: 'PAID' },
    customer: { keys: [{ kind: 'externalId', column: 'c' }], name: 'n', city: 'y', phone: 'f' },
    line: { sku: { value: 'A' }, quantity: { value: '1' }, unitPrice: { value: '1' } },
  }
  const file = (...rows: string[]) => ['o,t,c,n,y,f', ...rows].join('\n')
  const { summary } = await importInto(shop, file('1,2019-01-01,mei,M,Rome,138****0000', '2,2026-01-01,bo,Bo,,'), { map })
  expect(summary).toMatchObject({ newCustomers: 1, completedCustomers: 1 })
  expect(await customerIn(shop, 'mei')).toMatchObject({
    name: 'Mei Li',
    city: 'Rome',
    phone: null,
    registeredAt: '2020-01-01T00:00:00.000Z',
  })
  // An earlier year's file: whom an import made is known since the earlier first order.
  await importInto(shop, file('3,2025-01-01,bo,B,Oslo,'), { map })
  expect(await customerIn(shop, 'bo')).toMatchObject({ name: 'Bo', city: 'Oslo', registeredAt: '2024-12-31T16:00:00.000Z' })
  const before = await everythingIn(shop)
  await importInto(shop, file('1,2019-01-01,mei,M,Rome,138****0000', '2,2026-01-01,bo,Bo,,'), { map })
  expect(await everythingIn(shop)).toBe(before)
})

test('orders of somebody who was merged into another are that other’s', async () => {
  const shop = await openTestShop()
  await customers(shop, { old: null, mei: null })
  await shop.admin('mutation { mergeCustomers(from: { externalId: "old" }, into: { externalId: "mei" }, reason: "same") { id } }')
  const map = {
    order: { id: 'o', placedAt: 't', status: 'PAID' },
    customer: { keys: [{ kind: 'externalId', column: 'c' }] },
    line: { sku: { value: 'A' }, quantity: { value: '1' }, unitPrice: { value: '1' } },
  }
  await importInto(shop, 'o,t,c\n1,2026-01-01,old\n2,2026-01-01,mei\n', { map })
  expect((await customerIn(shop, 'mei')).statistics).toMatchObject({ numberOfOrders: 2 })
})
