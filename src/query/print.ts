import { writeDate } from './calendar.ts'
import type { CustomerQuery, Parameter, SegmentClause, Test, Value } from './tree.ts'

/** The query in the language's plain form: read again, it is the same tree. */
export function printQuery(query: CustomerQuery): string {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.map(nested).join(query.kind === 'and' ? ' AND ' : ' OR ')
    case 'not':
      return `NOT ${nested(query.of)}`
    case 'attribute':
      return `${query.attribute} ${printTest(query.test)}`
    case 'function':
      return `${query.name} ${query.negated ? 'NOT MATCHES' : 'MATCHES'} (${query.parameters.map(printParameter).join(', ')})`
    case 'anniversary':
      return `anniversary('metafields.${query.attribute}') ${printTest(query.test)}`
    case 'segment':
      return `in_segment ${printTest(segmentTest(query))}`
  }
}

/** Parentheses wherever there could be a doubt: people read them faster than they remember what binds tighter. */
const nested = (query: CustomerQuery): string =>
  query.kind === 'and' || query.kind === 'or' ? `(${printQuery(query)})` : printQuery(query)

function segmentTest({ negated, codes }: SegmentClause): Test {
  const values = codes.map((text): Value => ({ kind: 'text', text }))
  const [value, second] = values
  if (value !== undefined && second === undefined) return { op: negated ? '!=' : '=', value }
  return { op: negated ? 'NOT IN' : 'IN', values }
}

const printParameter = ({ name, test }: Parameter): string => `${name} ${printTest(test)}`

function printTest(test: Test): string {
  switch (test.op) {
    case 'BETWEEN':
      return `BETWEEN ${printValue(test.low)} AND ${printValue(test.high)}`
    case 'IN':
    case 'NOT IN':
      return `${test.op} (${test.values.map(printValue).join(', ')})`
    case 'IS NULL':
    case 'IS NOT NULL':
      return test.op
    default:
      return `${test.op} ${printValue(test.value)}`
  }
}

function printValue(value: Value): string {
  switch (value.kind) {
    case 'text':
      return `'${value.text.replaceAll("'", "\\'")}'`
    case 'integer':
    case 'decimal':
      return value.text
    case 'boolean':
      return String(value.value)
    default:
      return writeDate(value)
  }
}
