import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  visit,
} from 'graphql'
import { LIMITS } from './limits.ts'

/**
 * What a document alone says of its size, as a rule of validation: Apollo keeps validated documents, so a query is
 * measured once and not each time that it is asked.
 */
export function withinLimits(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const refuse = (code: string, message: string, node: OperationDefinitionNode | DocumentNode) =>
        context.reportError(new GraphQLError(message, { nodes: node, extensions: { limitCode: code } }))

      const aliases = countAliases(document)
      if (aliases > LIMITS.aliases)
        refuse(
          'TOO_MANY_ALIASES',
          `A document may have at most ${LIMITS.aliases} aliases, not ${aliases}. Ask in several requests.`,
          document,
        )
      const size = sizesOf(document)
      for (const operation of document.definitions) {
        if (operation.kind !== Kind.OPERATION_DEFINITION) continue
        const { depth, fields } = size(operation.selectionSet)
        if (depth > LIMITS.depth) refuse('QUERY_TOO_DEEP', `Fields may be nested ${LIMITS.depth} deep, not ${depth}.`, operation)
        if (fields > LIMITS.rootFields)
          refuse(
            'TOO_MANY_ROOT_FIELDS',
            `An operation may have at most ${LIMITS.rootFields} root fields, not ${fields}. Ask in several requests.`,
            operation,
          )
      }
    },
  }
}

type Size = { readonly depth: number; readonly fields: number }

/** Depth and number of fields of a selection, fragments unfolded; each fragment is looked at once, however often it is spread. */
function sizesOf(document: DocumentNode): (selection: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const known = new Map<string, Size>()
  const none = { depth: 0, fields: 0 }

  const ofFragment = (name: string): Size => {
    const size = known.get(name)
    const fragment = fragments.get(name)
    if (size !== undefined || fragment === undefined) return size ?? none
    // A circle of fragments is another rule's business: here it must only come to an end.
    known.set(name, none)
    const found = ofSelection(fragment.selectionSet)
    known.set(name, found)
    return found
  }
  const ofSelection = ({ selections }: SelectionSetNode): Size => {
    let [depth, fields] = [0, 0]
    for (const selection of selections) {
      const size =
        selection.kind === Kind.FIELD
          ? { depth: depthOf(selection), fields: 1 }
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelection(selection.selectionSet)
      depth = Math.max(depth, size.depth)
      fields += size.fields
    }
    return { depth, fields }
  }
  /** Introspection is deep by nature, and graphql-js bounds it itself. */
  const depthOf = (field: FieldNode): number =>
    field.name.value.startsWith('__') ? 1 : 1 + (field.selectionSet === undefined ? 0 : ofSelection(field.selectionSet).depth)
  return ofSelection
}

function countAliases(document: DocumentNode): number {
  let aliases = 0
  visit(document, {
    Field: ({ alias, name }) => {
      if (alias !== undefined && alias.value !== name.value) aliases += 1
    },
  })
  return aliases
}
