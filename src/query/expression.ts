import { readClause } from './clause.ts'
import type { QueryPlace } from './place.ts'
import type { Reader } from './reader.ts'
import type { Segments } from './segment.ts'
import { SAYS } from './sentences.ts'
import type { CustomerQuery } from './tree.ts'

const MOST_CLAUSES = 100

/** What stands between two parentheses, so far: finished ANDs, the one under way, and the NOTs that wait for their clause. */
type Group = { readonly ors: CustomerQuery[]; ands: CustomerQuery[]; nots: number }

/**
 * AND, OR, NOT and parentheses, with the open ones on a list and not on the call stack: five thousand of them are a
 * query that nobody writes, but no reason to fall over. What is wrong is told and passed over, so that one reading finds
 * every fault; the tree is whole only if there was none.
 */
export function readExpression(reader: Reader, place: QueryPlace, segments: Segments): CustomerQuery | null {
  const open: Group[] = [emptyGroup()]
  let clauses = 0
  for (;;) {
    const group = open.at(-1) ?? emptyGroup()
    if (reader.takeWord('NOT')) group.nots++
    else if (reader.takeSign('(')) open.push(emptyGroup())
    else {
      if (++clauses === MOST_CLAUSES + 1) reader.fault(reader.peek(), { why: SAYS.manyClauses(MOST_CLAUSES) })
      add(group, readOperand(reader, place, segments))
      if (!readOperator(reader, open)) return closed(open[0] ?? emptyGroup())
    }
  }
}

const emptyGroup = (): Group => ({ ors: [], ands: [], nots: 0 })
const OPERAND = ['an attribute', 'NOT', '(']

function readOperand(reader: Reader, place: QueryPlace, segments: Segments): CustomerQuery | null {
  const isKeyword = ['AND', 'OR', 'MATCHES', 'NOT_MATCHES', 'BETWEEN', 'IN', 'CONTAINS', 'IS'].some((word) => reader.isWord(word))
  if (reader.peek().kind === 'word' && !isKeyword) return readClause(reader, place, segments)
  reader.unexpected(OPERAND)
  reader.skipClause()
  return null
}

/** Reads up to where the next operand is due, closing what is closed; false at the end. */
function readOperator(reader: Reader, open: Group[]): boolean {
  for (;;) {
    const group = open.at(-1) ?? emptyGroup()
    if (reader.takeWord('AND')) return true
    if (reader.takeWord('OR')) {
      finishAnds(group)
      return true
    }
    if (reader.isSign(')') && open.length > 1) {
      reader.take()
      open.pop()
      add(open.at(-1) ?? emptyGroup(), closed(group))
    } else if (reader.peek().kind === 'end') {
      if (open.length > 1) reader.unexpected([')', 'AND', 'OR'])
      while (open.length > 1) add(open.at(-2) ?? emptyGroup(), closed(open.pop() ?? emptyGroup()))
      return false
    } else if (!strayIsClause(reader, open.length > 1)) continue
    else return true
  }
}

/** Tells of what stands where AND or OR was due. True if it reads like a clause, as where only the AND was forgotten. */
function strayIsClause(reader: Reader, isInside: boolean): boolean {
  const token = reader.peek()
  if (reader.isTold(token)) {
    if (!reader.takeSign(')')) reader.skipClause()
    return false
  }
  const near = token.kind === 'word' && /^(?:and|adn|nad|an|or|ro)$/i.test(token.text) ? (/a/i.test(token.text) ? 'AND' : 'OR') : null
  reader.unexpected(isInside ? ['AND', 'OR', ')'] : ['AND', 'OR'], token.meant ?? near)
  if (token.kind === 'word' && near === null && startsClause(reader)) return true
  reader.take()
  if (near !== null || token.meant === 'AND' || token.meant === 'OR') return true
  if (token.kind !== 'sign' || token.text !== ')') reader.skipClause()
  return false
}

function startsClause(reader: Reader): boolean {
  const { kind, text } = reader.peek(1)
  return (
    (kind === 'sign' && text !== ')' && text !== ',') ||
    (kind === 'word' && /^(?:between|in|not|contains|is|matches|not_matches)$/i.test(text))
  )
}

function add(group: Group, operand: CustomerQuery | null): void {
  let query = operand
  for (; query && group.nots > 0; group.nots--) query = { kind: 'not', of: query }
  group.nots = 0
  if (query) group.ands.push(query)
}

function finishAnds(group: Group): void {
  const query = gathered('and', group.ands)
  if (query) group.ors.push(query)
  group.ands = []
}

function closed(group: Group): CustomerQuery | null {
  finishAnds(group)
  return gathered('or', group.ors)
}

const gathered = (kind: 'and' | 'or', of: readonly CustomerQuery[]): CustomerQuery | null =>
  of.length > 1 ? { kind, of } : (of[0] ?? null)
