import { accept, type Result, refuse } from '../kernel/result.ts'
import { readExpression } from './expression.ts'
import type { QueryFault } from './fault.ts'
import type { QueryPlace } from './place.ts'
import { faultAt } from './position.ts'
import { Reader } from './reader.ts'
import { measure, NO_SEGMENTS, type Segments } from './segment.ts'
import { SAYS, type Sentence } from './sentences.ts'
import type { CustomerQuery } from './tree.ts'

const MOST_CHARACTERS = 5_000
/** With those of its segments: what the database is asked in one statement. */
const MOST_CLAUSES_IN_ALL = 500
const MOST_VALUES_IN_ALL = 5_000
/** Segments that name segments. */
const DEEPEST = 5

/**
 * Reads a customer query into its tree, or tells every fault in it. The parser is written by hand: the language is this
 * house's own, and what it owes to whoever writes a query, all the faults at once, each with what could have stood
 * there and what was most likely meant, depends on the attribute just read more than on the grammar; generated parsers
 * stop at the first fault or speak of their own rules.
 */
export function parseQuery(
  text: string,
  { place = 'AUDIENCE', segments = NO_SEGMENTS }: { readonly place?: QueryPlace; readonly segments?: Segments } = {},
): Result<CustomerQuery, readonly QueryFault[]> {
  const characters = [...text.trim()]
  if (characters.length > MOST_CHARACTERS) {
    const end = text.length - text.trimStart().length + characters.slice(0, MOST_CHARACTERS).join('').length
    return refuse([faultAt(text, end, { en: 'what follows', zh: '后面的内容' }, { why: SAYS.longQuery(MOST_CHARACTERS) })])
  }
  const reader = new Reader(text)
  const query = readExpression(reader, place, segments)
  if (reader.faults.length > 0) return refuse(reader.faults)
  if (query === null) throw new Error('a query without a fault has a tree')
  const why = whyTooLarge(query)
  return why === null
    ? accept(query)
    : refuse([faultAt(text, text.length - text.trimStart().length, { en: 'the query', zh: '这条查询' }, { why })])
}

function whyTooLarge(query: CustomerQuery): Sentence | null {
  const { clauses, values, depth } = measure(query)
  if (clauses > MOST_CLAUSES_IN_ALL) return SAYS.manyClausesInAll(MOST_CLAUSES_IN_ALL)
  if (values > MOST_VALUES_IN_ALL) return SAYS.manyValuesInAll(MOST_VALUES_IN_ALL)
  return depth > DEEPEST ? SAYS.deepSegments(DEEPEST) : null
}
