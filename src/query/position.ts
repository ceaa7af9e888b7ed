import type { QueryFault } from './fault.ts'
import type { Token } from './token.ts'

/** What a fault says beyond its place. */
export type FaultText = { readonly why?: string; readonly expected?: readonly string[]; readonly suggestion?: string | null }

const LONGEST_SHOWN = 40

/** Lines and columns, from 1, of an offset; a column counts UTF-16 units, as editors and GraphQL do. */
function placeOf(query: string, at: number): { readonly line: number; readonly column: number } {
  const before = query.slice(0, at).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

export function faultAt(query: string, at: number, what: string, { why, expected = [], suggestion = null }: FaultText): QueryFault {
  const { line, column } = placeOf(query, at)
  const message = `Line ${line} Column ${column}: ${what} is unexpected.${why === undefined ? '' : ` ${why}`}`
  return { line, column, message, expected, suggestion }
}

export const tokenFault = (query: string, token: Token, text: FaultText): QueryFault => faultAt(query, token.at, shown(token), text)

function shown({ kind, text }: Token): string {
  if (kind === 'end') return 'the end'
  return `'${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}'`
}
