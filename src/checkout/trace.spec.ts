import { expect, test } from 'vitest'
import type { Minor } from '../kernel/money.ts'
import type { Quote, RuleTrace } from '../pricing/quote.ts'
import { explained, packTrace, unexplained } from './trace.rules.ts'

const trace = (code: string, outcome: RuleTrace['outcome'], price: number | null): RuleTrace => ({
  kind: 'OFFER',
  code,
  outcome,
  price: price as Minor | null,
})
const line = (...traces: RuleTrace[]) => ({ id: '0', trace: traces })
const quote = (...lines: object[]) => ({ total: 5, lines }) as unknown as Quote

test('what is stored of traces says each thing once, and gives them back as they were', () => {
  const told = quote(
    line(trace('a', 'APPLIED', 90), trace('b', 'BEATEN', 95)),
    line(trace('a', 'APPLIED', 80), trace('b', 'NOT_IN_SCOPE', null)),
    line(),
  )
  const stored = packTrace(told)
  expect(stored.said).toHaveLength(3)
  expect(explained(unexplained(told), JSON.parse(JSON.stringify(stored)))).toEqual(told)
})

test('a quote whose traces were not kept has none', () => {
  expect(explained(unexplained(quote(line(trace('a', 'APPLIED', 1)))), null).lines[0]?.trace).toBe(null)
})
