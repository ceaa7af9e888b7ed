import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCsv } from './csv.rules.ts'

const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'))
const cell = fc.option(text)

test('whatever customers are called, it is read back as it was, or with an apostrophe before it', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ externalId: cell, name: cell, email: cell, phone: cell })), (customers) => {
      const csv = toCsv(customers.map((customer) => ({ customer, linkId: 'id', url: 'https://a.example' })))
      const rows = (parse(csv) as string[][]).slice(1)
      expect(rows).toHaveLength(customers.length)
      for (const [i, { externalId, name, email, phone }] of customers.entries())
        for (const [n, given] of [externalId, name, email, phone].entries())
          expect([given ?? '', `'${given ?? ''}`]).toContain(rows[i]?.[n])
    }),
  )
})

test.each(['=1+1', '+1+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1'])('%j is no formula', (name) => {
  const csv = toCsv([{ customer: { externalId: null, name, email: null, phone: '+8613800138000' }, linkId: 'id', url: 'u' }])
  const [, row] = parse(csv) as string[][]
  expect(row?.slice(0, 4)).toEqual(['', `'${name}`, '', '+8613800138000'])
})
