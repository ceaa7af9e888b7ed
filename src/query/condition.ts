import { readDate } from './calendar.ts'
import { COMPARISONS, counterpart } from './operators.ts'
import type { Reader } from './reader.ts'
import { SAYS } from './sentences.ts'
import type { Token } from './token.ts'
import type { Comparison, Operator, Test, Value } from './tree.ts'
import { readValue, type ValueRule } from './value.ts'

const MOST_LISTED = 500

/** An attribute or a parameter that is asked something: how its values are read and which operators it takes. */
export type Asked = ValueRule & {
  readonly operators: readonly Operator[]
  /** How to get out where nothing more can be made of it. */
  readonly leave: (reader: Reader) => void
  /** Is told of each text as it was read, with where it stands. */
  readonly seen?: (token: Token, text: string) => void
}

/** Reads an operator and its values. Null after a fault; the reader then stands where the next one may begin. */
export function readTest(reader: Reader, asked: Asked): Test | null {
  const token = reader.peek()
  const op = readOperator(reader)
  if (op === null) return noOperator(reader, asked)
  const isTaken = asked.operators.includes(op)
  if (!isTaken) wrongOperator(reader, token, op, asked)
  const test = readOperand(reader, op, asked)
  return isTaken ? test : null
}

function noOperator(reader: Reader, asked: Asked): null {
  if (reader.takeWord('IS')) reader.unexpected(reader.takeWord('NOT') ? ['NULL'] : ['NULL', 'NOT NULL'])
  else if (reader.takeWord('NOT')) reader.unexpected(asked.operators.flatMap((op) => (op.startsWith('NOT ') ? op.slice(4) : [])))
  else reader.unexpected(asked.operators)
  // Its AND is none between clauses.
  if (reader.takeWord('BETWEEN')) readSpan(reader, asked)
  else asked.leave(reader)
  return null
}

function wrongOperator(reader: Reader, token: Token, op: Operator, { operators, name }: Asked): void {
  reader.fault(token, { why: SAYS.operator(name, op, operators), expected: operators, suggestion: counterpart(op, operators) })
}

/** The operator that stands there, taken; null, and nothing taken, if none does. */
export function readOperator(reader: Reader): Operator | null {
  const { kind, text } = reader.peek()
  const sign = kind === 'sign' ? COMPARISONS.find((op) => op === text) : undefined
  if (sign) return taken(reader, 1, sign)
  if (reader.isWord('BETWEEN')) return taken(reader, 1, 'BETWEEN')
  if (reader.isWord('IN')) return taken(reader, 1, 'IN')
  if (reader.isWord('CONTAINS')) return taken(reader, 1, 'CONTAINS')
  if (reader.isWord('NOT') && reader.isWord('IN', 1)) return taken(reader, 2, 'NOT IN')
  if (reader.isWord('NOT') && reader.isWord('CONTAINS', 1)) return taken(reader, 2, 'NOT CONTAINS')
  if (reader.isWord('IS') && reader.isWord('NULL', 1)) return taken(reader, 2, 'IS NULL')
  if (reader.isWord('IS') && reader.isWord('NOT', 1) && reader.isWord('NULL', 2)) return taken(reader, 3, 'IS NOT NULL')
  return null
}

function taken(reader: Reader, count: number, op: Operator): Operator {
  for (let i = 0; i < count; i++) reader.take()
  return op
}

function readOperand(reader: Reader, op: Operator, asked: Asked): Test | null {
  if (op === 'IS NULL' || op === 'IS NOT NULL') return { op }
  if (op === 'IN' || op === 'NOT IN') return readList(reader, op, asked)
  if (op === 'BETWEEN') return readSpan(reader, asked)
  const at = reader.peek()
  const value = readOne(reader, asked)
  if (value === null) return null
  if (op === 'CONTAINS' || op === 'NOT CONTAINS') return { op, value }
  if (isOrdering(op) && asked.type === 'free' && !hasOrder(value)) return noOrder(reader, at, op)
  return { op, value }
}

function readOne(reader: Reader, asked: Asked): Value | null {
  const token = reader.peek()
  const value = readValue(reader, asked)
  if (value?.kind === 'text') asked.seen?.(token, value.text)
  return value
}

const isOrdering = (op: Comparison): boolean => op !== '=' && op !== '!='

/** Only of a shop's own attributes is this not known from the type. */
const hasOrder = (value: Value): boolean => value.kind !== 'boolean' && (value.kind !== 'text' || readDate(value.text) !== null)
const noOrder = (reader: Reader, at: Token, op: Operator): null => {
  reader.fault(at, { why: SAYS.noOrder(op), expected: ['a number', 'a date'] })
  return null
}

const left = (reader: Reader, asked: Asked): null => {
  asked.leave(reader)
  return null
}

function readSpan(reader: Reader, asked: Asked): Test | null {
  const lowAt = reader.peek()
  const low = readValue(reader, asked)
  if (!reader.needWord('AND')) return left(reader, asked)
  const highAt = reader.peek()
  const high = readValue(reader, asked)
  if (low === null || high === null) return null
  if (asked.type !== 'free') return { op: 'BETWEEN', low, high }
  if (!hasOrder(low)) return noOrder(reader, lowAt, 'BETWEEN')
  if (!hasOrder(high)) return noOrder(reader, highAt, 'BETWEEN')
  if (isFigure(low) === isFigure(high)) return { op: 'BETWEEN', low, high }
  reader.fault(highAt, { why: SAYS.bothEnds, expected: [isFigure(low) ? 'a number' : 'a date'] })
  return null
}

const isFigure = ({ kind }: Value): boolean => kind === 'integer' || kind === 'decimal'

function readList(reader: Reader, op: 'IN' | 'NOT IN', asked: Asked): Test | null {
  if (!reader.need('(')) return left(reader, asked)
  const values: Value[] = []
  let count = 0
  let isWhole = true
  do {
    const token = reader.peek()
    if (++count === MOST_LISTED + 1) {
      isWhole = reader.fault(token, { why: SAYS.longList(MOST_LISTED), expected: [')'] })
    }
    const value = readOne(reader, asked)
    if (value === null) isWhole = false
    else values.push(value)
    if (!reader.isSign(',') && !reader.isSign(')')) {
      isWhole = reader.unexpected([',', ')'])
      reader.skipItem()
    }
  } while (reader.takeSign(','))
  if (!reader.takeSign(')')) return left(reader, asked)
  return isWhole ? { op, values } : null
}
