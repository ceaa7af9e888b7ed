import { readFile } from 'node:fs/promises'
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { buildApi, printApi } from '../../src/api/shared/schema.ts'
import { APIS } from '../../src/registry.ts'

const committed = async (api: string) => readFile(`schema/${api}.graphql`, 'utf8')

describe.each(APIS)('the %s API', (api, resolvers) => {
  test('is committed as the code prints it (npm run schema)', async () => {
    // In one order: type-graphql gives a field's arguments in another when a schema is built again in the same process.
    const inOrder = (text: string) => printSchema(lexicographicSortSchema(buildSchema(text)))
    const [here, printed] = [inOrder(await committed(api)), inOrder(printApi(await buildApi(resolvers)))]
    const lines = (text: string, other: string) => text.split('\n').filter((line) => !other.split('\n').includes(line))
    expect({ gone: lines(here, printed).slice(0, 20), new: lines(printed, here).slice(0, 20) }).toEqual({ gone: [], new: [] })
    expect(here === printed).toBe(true)
  })

  test('explains itself: every type, field, argument, enum value and input field has a sentence', async () => {
    expect(silent(buildSchema(await committed(api)))).toEqual([])
  })
})

/** What has no description. */
function silent(schema: GraphQLSchema): string[] {
  const own = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
  return own.flatMap((type) => [...(ROOTS.has(type.name) ? [] : unlessDescribed(type.name, type)), ...partsOf(type)])
}

const ROOTS = new Set(['Query', 'Mutation'])

function partsOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().flatMap((value) => unlessDescribed(`${type.name}.${value.name}`, value))
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) => unlessDescribed(`${type.name}.${field.name}`, field))
  if (!isObjectType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [
    ...unlessDescribed(`${type.name}.${field.name}`, field),
    ...field.args.flatMap((argument) => unlessDescribed(`${type.name}.${field.name}(${argument.name}:)`, argument)),
  ])
}

const unlessDescribed = (name: string, { description }: { readonly description?: string | null | undefined }): string[] =>
  (description ?? '').trim() === '' ? [name] : []
