import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { MAX_PAGE } from '../../kernel/page.ts'
import { LIMITS } from './limits.ts'

type Variables = Readonly<Record<string, unknown>>
/** One asking: its variables, and what its fragments came to, so that each is added up once however often it is spread. */
type Asked = { readonly variables: Variables; readonly fragments: Map<string, number> }
/** How many objects an answer may come to hold: known from the document, or only with the page sizes in the variables. */
type Cost = number | ((asked: Asked) => number)

/**
 * How many objects an operation's answer may come to hold. What the document says is added up once for each document;
 * what hangs on variables is left as a small sum, so that asking again costs next to nothing.
 */
export function complexityOf(
  schema: GraphQLSchema,
): (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables) => number {
  const costs = new WeakMap<OperationDefinitionNode, Cost>()
  return (document, operation, variables) => {
    let cost = costs.get(operation)
    if (cost === undefined) {
      cost = new Reading(schema, document, operation).cost()
      costs.set(operation, cost)
    }
    return typeof cost === 'number' ? cost : cost({ variables, fragments: new Map() })
  }
}

const objectsOf = (cost: Cost, asked: Asked): number => (typeof cost === 'number' ? cost : cost(asked))

function sum(costs: readonly Cost[]): Cost {
  let known = 0
  const open: Exclude<Cost, number>[] = []
  for (const cost of costs)
    if (typeof cost === 'number') known += cost
    else open.push(cost)
  return open.length === 0 ? known : (asked) => open.reduce((total, cost) => total + cost(asked), known)
}

const times = (count: Cost, each: Cost): Cost =>
  typeof count === 'number' && typeof each === 'number' ? count * each : (asked) => objectsOf(count, asked) * objectsOf(each, asked)

const once = (key: string, cost: Cost): Cost =>
  typeof cost === 'number'
    ? cost
    : (asked) => {
        const value = asked.fragments.get(key) ?? cost(asked)
        asked.fragments.set(key, value)
        return value
      }

/** One operation, read once. */
class Reading {
  readonly #schema: GraphQLSchema
  readonly #operation: OperationDefinitionNode
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  /** By name; a fragment's type is its own, so its cost is the same wherever it is spread, but for whether a page counts its rows. */
  readonly #known = new Map<string, Cost>()

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema
    this.#operation = operation
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition)
  }

  cost(): Cost {
    const root = this.#schema.getRootType(this.#operation.operation)
    return root ? this.#selection(root, this.#operation.selectionSet, false) : 0
  }

  #selection(type: GraphQLCompositeType, { selections }: SelectionSetNode, inPage: boolean): Cost {
    return sum(
      selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return this.#field(type, selection, inPage)
        if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#fragment(selection.name.value, inPage)
        return this.#selection(this.#typeNamed(selection.typeCondition?.name.value) ?? type, selection.selectionSet, inPage)
      }),
    )
  }

  #fragment(name: string, inPage: boolean): Cost {
    const key = `${name} ${inPage}`
    const fragment = this.#fragments.get(name)
    const type = this.#typeNamed(fragment?.typeCondition.name.value)
    if (fragment === undefined || type === undefined) return 0
    const cost = this.#known.get(key) ?? once(key, this.#selection(type, fragment.selectionSet, inPage))
    this.#known.set(key, cost)
    return cost
  }

  #field(parent: GraphQLCompositeType, node: FieldNode, inPage: boolean): Cost {
    const field = isObjectType(parent) || isAbstractType(parent) ? fieldsOf(parent)[node.name.value] : undefined
    const type = field && getNamedType(field.type)
    if (field === undefined || node.selectionSet === undefined || !isCompositeType(type)) return 0
    const size = pageSize(field, node, this.#operation)
    const one = sum([1, times(size ?? 1, this.#selection(type, node.selectionSet, size !== null))])
    // The rows of a page are counted by its size; how long any other list is nobody knows yet.
    return isListType(getNullableType(field.type)) && !inPage ? times(LIMITS.listOfUnknownLength, one) : one
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name)
    return isCompositeType(type) ? type : undefined
  }
}

const fieldsOf = (type: GraphQLCompositeType) => ('getFields' in type ? type.getFields() : {})

/** What the field's `first` says; null for a field without one. */
function pageSize(field: GraphQLField<unknown, unknown>, node: FieldNode, operation: OperationDefinitionNode): Cost | null {
  const argument = field.args.find(({ name }) => name === 'first')
  if (argument === undefined) return null
  const usual = bounded(argument.defaultValue, MAX_PAGE)
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value
  if (given === undefined) return usual
  if (given.kind === Kind.INT) return bounded(Number(given.value), usual)
  if (given.kind !== Kind.VARIABLE) return usual
  const name = given.name.value
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)
  const absent = definition?.defaultValue?.kind === Kind.INT ? bounded(Number(definition.defaultValue.value), usual) : usual
  return ({ variables }) => bounded(variables[name], absent)
}

/** More than the largest page is refused where the page is made, and with better words. */
const bounded = (value: unknown, usual: number): number => (typeof value === 'number' && value >= 0 ? Math.min(value, MAX_PAGE) : usual)
