import { resolveAnniversary } from './anniversary.ts'
import { readDate } from './calendar.ts'
import { findFunction, findParameter } from './catalogue.functions.ts'
import { findAttribute } from './catalogue.ts'
import { freeAttribute } from './free.ts'
import type { ValueType } from './operators.ts'
import { dateRanges, decimalRanges, wholeRanges } from './range.ts'
import type { FreeMatch, ResolvedAttribute, ResolvedFunction, ResolvedParameter, ResolvedQuery, ResolvedTest } from './resolved.ts'
import type { AttributeClause, CustomerQuery, FunctionClause, Parameter, Test, Value } from './tree.ts'
import type { Asking } from './when.ts'

type Column = { readonly type: ValueType; readonly key?: (text: string) => string }

/** The query as it is meant when and where it is asked, so that SQL and predicate compare the very same figures. */
export function resolveQuery(query: CustomerQuery, asking: Asking): ResolvedQuery {
  switch (query.kind) {
    case 'and':
    case 'or':
      return { kind: query.kind, of: query.of.map((part) => resolveQuery(part, asking)) }
    case 'not':
      return resolveNot(query, asking)
    case 'attribute':
      return resolveAttribute(query, asking)
    case 'function':
      return resolveFunction(query, asking)
    case 'anniversary':
      return resolveAnniversary(query, asking)
    case 'segment': {
      const [first, ...more] = query.of.map((part) => resolveQuery(part, asking))
      const inAny: ResolvedQuery = first && more.length === 0 ? first : { kind: 'or', of: first ? [first, ...more] : [] }
      return query.negated ? { kind: 'not', of: inAny } : inAny
    }
  }
}

/** NOT NOT says nothing, and a thousand of them are not handed on to a database that would have to descend into them. */
function resolveNot(query: CustomerQuery, asking: Asking): ResolvedQuery {
  let negated = false
  let inner = query
  for (; inner.kind === 'not'; inner = inner.of) negated = !negated
  const of = resolveQuery(inner, asking)
  return negated ? { kind: 'not', of } : of
}

const NEGATED: readonly Test['op'][] = ['!=', 'NOT IN', 'NOT CONTAINS', 'IS NOT NULL']
const isNegated = ({ op }: Test): boolean => NEGATED.includes(op)

function resolveAttribute({ attribute, test }: AttributeClause, asking: Asking): ResolvedAttribute {
  const known = freeAttribute(attribute) === null ? findAttribute(attribute) : undefined
  const column: Column | undefined = freeAttribute(attribute) === null ? known : { type: 'free' }
  if (!column) throw new Error(`no attribute is called ${attribute}`)
  const resolved = { kind: 'attribute', attribute, negated: isNegated(test), test: resolveTest(test, column, asking) } as const
  return known?.asOf === undefined ? resolved : { ...resolved, at: asking.at }
}

function resolveFunction({ name, negated, parameters }: FunctionClause, asking: Asking): ResolvedFunction {
  const fn = findFunction(name)
  if (!fn) throw new Error(`no function is called ${name}`)
  const isTotal = (parameter: Parameter) => findParameter(fn, parameter.name)?.total === true
  const resolved = (parameter: Parameter): ResolvedParameter => {
    const column = findParameter(fn, parameter.name)
    if (!column) throw new Error(`${name} has no parameter ${parameter.name}`)
    return { name: parameter.name, negated: isNegated(parameter.test), test: resolveTest(parameter.test, column, asking) }
  }
  // In the order of their names: two clauses that say the same are the same clause.
  const sorted = parameters.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const rows = sorted.filter((parameter) => !isTotal(parameter)).map(resolved)
  return { kind: 'function', name, negated, rows, totals: sorted.filter(isTotal).map(resolved) }
}

function resolveTest(test: Test, { type, key = (text) => text }: Column, asking: Asking): ResolvedTest {
  if (test.op === 'IS NULL' || test.op === 'IS NOT NULL') return { kind: 'null' }
  switch (type) {
    case 'integer':
      return { kind: 'ranges', ranges: wholeRanges(test, 0) }
    case 'amount':
      return { kind: 'ranges', ranges: wholeRanges(test, asking.currencyDigits) }
    case 'average':
      return { kind: 'decimals', ranges: decimalRanges(test, asking.currencyDigits) }
    case 'figure':
      return { kind: 'decimals', ranges: decimalRanges(test, 0) }
    case 'date':
      return { kind: 'ranges', ranges: dateRanges(test, asking).map(({ from, until }) => ({ from, until })) }
    case 'boolean':
      return { kind: 'boolean', value: valuesOf(test).some((value) => value.kind === 'boolean' && value.value) }
    case 'free':
      return { kind: 'free', any: resolveFree(test, asking) }
    default:
      return { kind: 'texts', texts: valuesOf(test).map((value) => key(textOf(value))) }
  }
}

function valuesOf(test: Test): readonly Value[] {
  if (test.op === 'IN' || test.op === 'NOT IN') return test.values
  if (test.op === 'BETWEEN') return [test.low, test.high]
  return 'value' in test ? [test.value] : []
}

function textOf(value: Value): string {
  // A figure where a text is due is a product's id, as Shopify writes them.
  if (value.kind === 'text' || value.kind === 'integer') return value.text
  throw new Error(`a ${value.kind} is no text`)
}

/** A shop's own attribute is compared as what the query's value is; a text that reads as a date is both. */
function resolveFree(test: Test, asking: Asking): readonly FreeMatch[] {
  if (test.op === 'IN' || test.op === 'NOT IN') return test.values.flatMap((value) => resolveFree({ op: '=', value }, asking))
  const [value] = valuesOf(test)
  const isEqual = test.op === '=' || test.op === '!='
  switch (value?.kind) {
    case undefined:
      return []
    case 'boolean':
      return [{ kind: 'boolean', value: value.value }]
    case 'integer':
    case 'decimal':
      return decimalRanges(test, 0).map((range) => ({ kind: 'number', range }))
    case 'text': {
      const text: readonly FreeMatch[] = isEqual ? [{ kind: 'text', text: value.text }] : []
      return readDate(value.text) === null ? text : [...text, ...freeDates(asDates(test), asking)]
    }
    default:
      return freeDates(asDates(test), asking)
  }
}

const freeDates = (test: Test, asking: Asking): readonly FreeMatch[] => dateRanges(test, asking).map((range) => ({ kind: 'date', range }))

/** The test with its quoted dates unquoted. */
function asDates(test: Test): Test {
  const unquoted = (value: Value): Value => (value.kind === 'text' ? (readDate(value.text) ?? value) : value)
  if (test.op === 'BETWEEN') return { ...test, low: unquoted(test.low), high: unquoted(test.high) }
  return 'value' in test ? { ...test, value: unquoted(test.value) } : test
}
