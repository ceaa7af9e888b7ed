import { describe, expect, test } from 'vitest'
import { FORMAT_NAMES, formatNamed, recognise } from './format.rules.ts'
import { readMapping } from './mapping.rules.ts'

const SMALLEST = {
  order: { id: 'No', placedAt: 'At', status: 'PAID' },
  line: { sku: 'Sku', quantity: 'Qty', unitPrice: 'Price' },
}
const said = (document: unknown) => {
  const mapping = readMapping(document)
  return mapping.ok ? 'accepted' : mapping.problem.message
}

test('the smallest mapping names an order, a time, a sku, a quantity and a price', () => {
  expect(said(SMALLEST)).toBe('accepted')
})

describe('a fault in a mapping is told with its place', () => {
  test.each([
    [null, 'The mapping must be an object.'],
    [{ ...SMALLEST, orders: {} }, 'The mapping has no "orders"; it may have about, encoding,'],
    [
      { ...SMALLEST, order: { ...SMALLEST.order, placedAt: { column: 'At', format: 'QQ' } } },
      'order.placedAt.format : "QQ" is no date format',
    ],
    [{ ...SMALLEST, order: { ...SMALLEST.order, status: 'SHIPPED' } }, 'order.status must be one of PLACED, PAID, COMPLETED, CANCELLED.'],
    [{ ...SMALLEST, order: { ...SMALLEST.order, status: { column: 'S', map: { ok: 'YES' } } } }, 'order.status.map.ok must be one of'],
    [{ ...SMALLEST, line: { sku: 'Sku', quantity: 'Qty' } }, 'line needs a unitPrice or a total.'],
    [{ ...SMALLEST, keep: [{ column: 'Qty' }] }, 'keep[0] needs one test beside the column'],
    [{ ...SMALLEST, keep: [{ column: 'Qty', above: 'much' }] }, 'keep[0].above must be a number.'],
    [{ ...SMALLEST, timeZone: 'Mars/Olympus' }, 'timeZone must be an IANA time zone'],
    [{ ...SMALLEST, customer: { keys: [{ kind: '9', column: 'C' }] } }, 'customer.keys[0].kind has 1 to 40 letters'],
    [{ ...SMALLEST, line: { ...SMALLEST.line, sku: { columns: [] } } }, 'line.sku.columns must name a column.'],
  ])('%j', (document, message) => expect(said(document)).toContain(message))
})

test('the ready-made formats are mappings, and are told apart by their columns', () => {
  expect(FORMAT_NAMES.map((name) => formatNamed(name).about)).toHaveLength(3)
  const about = (columns: string[]) => {
    const mapping = recognise(columns)
    return mapping.ok ? mapping.value.about.split(/[ :]/)[0] : 'unknown'
  }
  expect(about(['order_id', 'placed_at', 'sku', 'quantity'])).toBe('Regulars')
  expect(about(['订单编号', '买家会员名', '买家实际支付金额'])).toBe('Taobao')
  expect(about(['Name', 'Email', 'Financial Status', 'Lineitem name'])).toBe('Shopify')
  expect(about(['a', 'b'])).toBe('unknown')
})
