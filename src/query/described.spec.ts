import { expect, test } from 'vitest'
import { functions } from './catalogue.functions.ts'
import { attributes } from './catalogue.ts'
import { describedAttributes } from './described.ts'
import { LABELS, PARAMETER_LABELS, VALUE_LABELS } from './labels.ts'
import { parseQuery } from './parse.ts'

test('whatever the catalogue has is called something in two languages, and nothing else is', () => {
  const names = [
    ...attributes.map(({ name }) => name),
    ...functions.map(({ name }) => name),
    'anniversary',
    'in_segment',
    'attributes.<name>',
  ]
  expect(Object.keys(LABELS).sort()).toEqual(names.sort())
  expect(Object.keys(PARAMETER_LABELS).sort()).toEqual([...new Set(functions.flatMap(({ parameters }) => Object.keys(parameters)))].sort())
})

test('every word of an enumeration is called something, and no other is', () => {
  const asked = [
    ...attributes,
    ...functions.flatMap(({ name, parameters }) => Object.values(parameters).map((column) => ({ ...column, name }))),
  ]
  const words = asked.flatMap((attribute) =>
    'values' in attribute ? attribute.values.map((value) => [attribute.name, value] as const) : [],
  )
  const used = words.map(([name, value]) => (`${name}.${value}` in VALUE_LABELS ? `${name}.${value}` : value))
  expect([...new Set(used)].sort()).toEqual(Object.keys(VALUE_LABELS).sort())
})

test('labels are in the language that they say', () => {
  for (const { label, values, parameters } of describedAttributes)
    for (const one of [label, ...values.map((value) => value.label), ...parameters.map((parameter) => parameter.label)]) {
      expect(one.en).toMatch(/^[\p{Script=Latin}\d (),:%']+$/u)
      expect(one.zh).toMatch(/\p{Script=Han}|^SKU$/u)
    }
})

test('every fault is told in Chinese too, without a word left in English', () => {
  const wrong = [
    'nothing_near_it > 1',
    'amount_spnt > 1',
    "customer_tags = 'x'",
    "abc_class = 'D'",
    'last_order_date > 2023-02-29',
    "customer_account_status = 'ENABLED'",
    'orders_placed MATCHES (count > 1, count < 5)',
    "anniversary('birth_date') = today",
    'attributes.x BETWEEN 1 AND today',
    '',
  ]
  for (const query of wrong) {
    const parsed = parseQuery(query)
    if (parsed.ok) throw new Error(`${query} was read`)
    for (const { messageZh, line, column } of parsed.problem) {
      expect(messageZh).toMatch(new RegExp(`^第 ${line} 行第 ${column} 列：不应出现.+[。？]$`))
      expect(messageZh).not.toMatch(/unexpected|There|takes|They/)
    }
  }
})
