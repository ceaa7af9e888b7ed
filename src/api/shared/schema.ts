import {
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
  printSchema,
} from 'graphql'
import { buildSchema, type NonEmptyArray } from 'type-graphql'
import { checkAccess } from './access.ts'

/** Input types of which exactly one field is given. type-graphql has no word for it: set here, once the schema stands. */
const ONE_OF = ['CustomerRef', 'AdjustmentInput']

/** Builds one API from its resolvers: only what they reach is in it. */
// biome-ignore lint/complexity/noBannedTypes: type-graphql's own type of a list of resolver classes
export async function buildApi(resolvers: NonEmptyArray<Function>): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers,
    authChecker: checkAccess,
    // Inputs are checked by each domain's rules, which know what is meant.
    validate: false,
    orphanedTypes: [],
  })
  for (const type of Object.values(schema.getTypeMap())) if (isObjectType(type)) inOrder(type)
  for (const name of ONE_OF) {
    const type = schema.getType(name)
    if (isInputObjectType(type)) markOneOf(type)
  }
  return schema
}

/** Decorators of parameters run from the last to the first; people read them from the first. */
function inOrder(type: GraphQLObjectType): void {
  for (const field of Object.values(type.getFields())) field.args = field.args.toReversed()
}

function markOneOf(type: GraphQLInputObjectType): void {
  type.isOneOf = true
}

/** An API as it is committed, and reviewed before all else. */
export const printApi = (schema: GraphQLSchema): string => `${printSchema(schema)}\n`
