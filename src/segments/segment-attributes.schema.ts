import { Field, ObjectType, registerEnumType } from 'type-graphql'
import type { DescribedAttribute, DescribedType } from '../query/described.ts'

export enum SegmentAttributeKind {
  ATTRIBUTE = 'ATTRIBUTE',
  FUNCTION = 'FUNCTION',
}
registerEnumType(SegmentAttributeKind, {
  name: 'SegmentAttributeKind',
  description: 'How it is asked in a customer query.',
  valuesConfig: {
    ATTRIBUTE: { description: 'name operator value.' },
    FUNCTION: { description: 'name MATCHES (parameter operator value, ...); anniversary as a function of its own form.' },
  },
})

export enum SegmentValueType {
  WHOLE_NUMBER = 'WHOLE_NUMBER',
  NUMBER = 'NUMBER',
  AMOUNT = 'AMOUNT',
  DATE = 'DATE',
  TEXT = 'TEXT',
  ENUM = 'ENUM',
  LIST = 'LIST',
  BOOLEAN = 'BOOLEAN',
  ANY = 'ANY',
}
registerEnumType(SegmentValueType, {
  name: 'SegmentValueType',
  description: 'What a value is.',
  valuesConfig: {
    WHOLE_NUMBER: { description: 'Digits.' },
    NUMBER: { description: 'Digits, with a point or without.' },
    AMOUNT: { description: "Major units of the shop's currency: 999.99." },
    DATE: { description: 'YYYY-MM-DD, YYYY-MM-DDTHH:MM:SS, today, yesterday, -30d and the like; unquoted.' },
    TEXT: { description: 'In single quotes.' },
    ENUM: { description: 'One of the values, in single quotes.' },
    LIST: { description: 'Asked for one of its texts, in single quotes.' },
    BOOLEAN: { description: 'true or false.' },
    ANY: { description: 'Whatever the shop put there: text, number, date, true or false.' },
  },
})

@ObjectType('SegmentValue', { description: 'A word that an attribute may be.', simpleResolvers: true })
export class SegmentValueView {
  @Field(() => String, { description: 'As it is written in a query, without its quotes.' }) value!: string
  @Field(() => String, { description: 'In English.' }) label!: string
  @Field(() => String, { description: 'In Chinese.' }) labelZh!: string
}

@ObjectType('SegmentParameter', { description: 'What of the rows of a function may be asked.', simpleResolvers: true })
export class SegmentParameterView {
  @Field(() => String, { description: 'As it is written in a query.' }) name!: string
  @Field(() => String, { description: 'In English.' }) label!: string
  @Field(() => String, { description: 'In Chinese.' }) labelZh!: string
  @Field(() => SegmentValueType, { description: 'What it is compared with.' }) type!: DescribedType
  @Field(() => [String], { description: 'Operators that it takes.' }) operators!: readonly string[]
  @Field(() => [SegmentValueView], { description: 'Of an ENUM all that it may be; else empty.' }) values!: SegmentValueView[]
}

@ObjectType('SegmentAttribute', { description: 'Something that a customer query may ask.', simpleResolvers: true })
export class SegmentAttributeView {
  @Field(() => SegmentAttributeKind, { description: 'How it is asked.' }) kind!: DescribedAttribute['kind']
  @Field(() => String, { description: "As it is written in a query; for <name> stands the name of the shop's own attribute." })
  name!: string
  @Field(() => String, { description: 'In English.' }) label!: string
  @Field(() => String, { description: 'In Chinese.' }) labelZh!: string
  @Field(() => SegmentValueType, { description: 'What it is compared with.' }) type!: DescribedType
  @Field(() => [String], { description: 'Operators that it takes.' }) operators!: readonly string[]
  @Field(() => [SegmentValueView], { description: 'Of an ENUM all that it may be; else empty.' }) values!: SegmentValueView[]
  @Field(() => [SegmentParameterView], { description: 'Of a function what of its rows may be asked; else empty.' })
  parameters!: SegmentParameterView[]
}

export const toSegmentAttribute = ({ label, values, parameters, ...attribute }: DescribedAttribute): SegmentAttributeView => ({
  ...attribute,
  label: label.en,
  labelZh: label.zh,
  values: toValues(values),
  parameters: parameters.map(({ label: of, ...parameter }) => ({
    ...parameter,
    label: of.en,
    labelZh: of.zh,
    values: toValues(parameter.values),
  })),
})

const toValues = (values: DescribedAttribute['values']): SegmentValueView[] =>
  values.map(({ value, label }) => ({ value, label: label.en, labelZh: label.zh }))
