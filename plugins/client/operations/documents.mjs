import { concatAST, print, stripIgnoredCharacters, visit } from 'graphql'

/**
 * A codegen plugin: each operation as a text of its own with the fragments that it spreads, without a needless character,
 * known by type to take its variables and to give its data. (typed-document-node's texts are as they are printed for people, and each is
 * an object of a class.)
 */
export function plugin(_schema, files) {
  const { definitions } = concatAST(files.map(({ document }) => document))
  const fragments = new Map(definitions.filter(({ kind }) => kind === 'FragmentDefinition').map((one) => [one.name.value, one]))
  const operations = definitions.filter(({ kind }) => kind === 'OperationDefinition')
  return {
    prepend: ["import type { Operation } from '../operation.ts'"],
    content: operations.map((one) => constant(one, fragments)).join('\n'),
  }
}

function constant(operation, fragments) {
  const name = operation.name.value
  const type = name[0].toUpperCase() + name.slice(1) + (operation.operation === 'query' ? 'Query' : 'Mutation')
  const text = stripIgnoredCharacters([operation, ...spreadBy(operation, fragments)].map(print).join('\n'))
  return `export const ${name}Document = ${JSON.stringify(text)} as unknown as Operation<${type}, ${type}Variables>`
}

function spreadBy(operation, fragments, found = new Set()) {
  visit(operation, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value)
      if (found.has(fragment)) return
      found.add(fragment)
      spreadBy(fragment, fragments, found)
    },
  })
  return found
}
