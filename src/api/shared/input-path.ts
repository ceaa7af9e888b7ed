import { type ASTNode, BREAK, type DocumentNode, type GraphQLError, Kind, visit } from 'graphql'
import type { InputPath } from '../../kernel/problem.ts'

/**
 * Where in the caller's input an error of graphql-js lies, from the argument's name down. It names a variable by its own
 * name and in words only (Variable "$rung" got invalid value -1 at "rung.minQuantity"), and a value in the document by its
 * place in the text.
 */
export function inputPathOf(error: GraphQLError, document: DocumentNode): InputPath | null {
  const [node] = error.nodes ?? []
  if (node === undefined) return null
  if (node.kind !== Kind.VARIABLE_DEFINITION) return pathTo(document, (candidate) => candidate === node)
  const name = node.variable.name.value
  const start = pathTo(
    document,
    (candidate, parent) => candidate.kind === Kind.VARIABLE && candidate.name.value === name && parent?.kind !== Kind.VARIABLE_DEFINITION,
  )
  return [...(start ?? [name]), ...partsBelow(error.message)]
}

/** What stands behind the variable's name: "input.rungs[0].minQuantity" gives rungs, 0, minQuantity. */
function partsBelow(message: string): InputPath {
  const text = /^Variable "\$\w+" got invalid value [\s\S]*? at "\w+([\w.[\]]+)"/.exec(message)?.[1] ?? ''
  const parts = text.split(/[.[\]]+/).filter((part) => part !== '')
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Arguments, fields and places in lists on the way to a node; null when it is no part of an input. */
function pathTo(document: DocumentNode, isIt: (node: ASTNode, parent: ASTNode | undefined) => boolean): InputPath | null {
  let found: InputPath | null = null
  visit(document, {
    enter(node, _key, parent, _, ancestors) {
      const above = [...ancestors, parent].flatMap((ancestor) =>
        ancestor === undefined || Array.isArray(ancestor) ? [] : [ancestor as ASTNode],
      )
      if (!isIt(node, above.at(-1))) return undefined
      const line = [...above, node]
      const start = line.findIndex(({ kind }) => kind === Kind.ARGUMENT)
      if (start !== -1) found = line.slice(start).flatMap((step, i, steps) => stepOf(step, steps[i - 1]))
      return BREAK
    },
  })
  return found
}

function stepOf(node: ASTNode, above: ASTNode | undefined): InputPath {
  const place = above?.kind === Kind.LIST ? (above.values as readonly ASTNode[]).indexOf(node) : -1
  if (place !== -1) return [place]
  return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? [node.name.value] : []
}
