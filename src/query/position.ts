import type { QueryFault } from './fault.ts'
import type { Sentence } from './sentences.ts'
import type { Token } from './token.ts'

/** What a fault says beyond its place. */
export type FaultText = { readonly why?: Sentence; readonly expected?: readonly string[]; readonly suggestion?: string | null }

const LONGEST_SHOWN = 40

/** Lines and columns, from 1, of an offset; a column counts UTF-16 units, as editors and GraphQL do. */
function placeOf(query: string, at: number): { readonly line: number; readonly column: number } {
  const before = query.slice(0, at).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

export function faultAt(query: string, at: number, what: Sentence, { why, expected = [], suggestion = null }: FaultText): QueryFault {
  const { line, column } = placeOf(query, at)
  const message = `Line ${line} Column ${column}: ${what.en} is unexpected.${why === undefined ? '' : ` ${why.en}`}`
  const messageZh = `第 ${line} 行第 ${column} 列：不应出现${what.zh}。${why?.zh ?? ''}`
  return { line, column, message, messageZh, expected, suggestion }
}

export const tokenFault = (query: string, token: Token, text: FaultText): QueryFault => faultAt(query, token.at, shown(token), text)

function shown({ kind, text }: Token): Sentence {
  if (kind === 'end') return { en: 'the end', zh: '查询的结尾' }
  const quoted = `'${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}'`
  return { en: quoted, zh: ` ${quoted}` }
}
