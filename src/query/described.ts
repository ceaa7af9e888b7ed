import { functions } from './catalogue.functions.ts'
import { attributes } from './catalogue.ts'
import { LABELS, PARAMETER_LABELS, valueLabel } from './labels.ts'
import { ANNIVERSARY_OPERATORS, OPERATORS, parameterOperators, type ValueType } from './operators.ts'
import { IN_SEGMENT, SEGMENT_OPERATORS } from './segment-clause.ts'
import type { Sentence } from './sentences.ts'

/** What a value of an attribute or a parameter is. */
export type DescribedType = 'WHOLE_NUMBER' | 'NUMBER' | 'AMOUNT' | 'DATE' | 'TEXT' | 'ENUM' | 'LIST' | 'BOOLEAN' | 'ANY'

type Described = {
  readonly name: string
  readonly label: Sentence
  readonly type: DescribedType
  readonly operators: readonly string[]
  readonly values: readonly { readonly value: string; readonly label: Sentence }[]
}
export type DescribedAttribute = Described & {
  readonly kind: 'ATTRIBUTE' | 'FUNCTION'
  readonly parameters: readonly Described[]
}

const TYPES: Readonly<Record<ValueType, DescribedType>> = {
  integer: 'WHOLE_NUMBER',
  amount: 'AMOUNT',
  average: 'AMOUNT',
  figure: 'NUMBER',
  date: 'DATE',
  text: 'TEXT',
  id: 'TEXT',
  member: 'TEXT',
  enum: 'ENUM',
  list: 'LIST',
  boolean: 'BOOLEAN',
  free: 'ANY',
}

const named = (labels: Readonly<Record<string, Sentence>>, name: string): Sentence => labels[name] ?? { en: name, zh: name }
const valuesOf = (of: string, column: object): Described['values'] =>
  'values' in column ? (column.values as readonly string[]).map((value) => ({ value, label: valueLabel(of, value) })) : []
const MATCHES = ['MATCHES', 'NOT MATCHES']

/** All that a query may ask, for whoever offers it to be picked: it follows from the catalogue. */
export const describedAttributes: readonly DescribedAttribute[] = [
  ...attributes.map(
    (attribute): DescribedAttribute => ({
      kind: 'ATTRIBUTE',
      name: attribute.name,
      label: named(LABELS, attribute.name),
      type: TYPES[attribute.type],
      operators: OPERATORS[attribute.type],
      values: valuesOf(attribute.name, attribute),
      parameters: [],
    }),
  ),
  {
    kind: 'ATTRIBUTE',
    name: IN_SEGMENT,
    label: named(LABELS, IN_SEGMENT),
    type: 'TEXT',
    operators: SEGMENT_OPERATORS,
    values: [],
    parameters: [],
  },
  {
    kind: 'ATTRIBUTE',
    name: 'attributes.<name>',
    label: named(LABELS, 'attributes.<name>'),
    type: 'ANY',
    operators: OPERATORS.free,
    values: [],
    parameters: [],
  },
  ...functions.map(
    (fn): DescribedAttribute => ({
      kind: 'FUNCTION',
      name: fn.name,
      label: named(LABELS, fn.name),
      type: 'BOOLEAN',
      operators: MATCHES,
      values: [],
      parameters: Object.entries(fn.parameters).map(([name, column]) => ({
        name,
        label: named(PARAMETER_LABELS, name),
        type: TYPES[column.type],
        operators: parameterOperators(column.type),
        values: valuesOf(fn.name, column),
      })),
    }),
  ),
  {
    kind: 'FUNCTION',
    name: 'anniversary',
    label: named(LABELS, 'anniversary'),
    type: 'DATE',
    operators: ANNIVERSARY_OPERATORS,
    values: [],
    parameters: [{ name: 'date', label: named(PARAMETER_LABELS, 'date'), type: 'TEXT', operators: [], values: [] }],
  },
]
