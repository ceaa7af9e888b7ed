import { type Asked, readTest } from './condition.ts'
import type { QueryFunction } from './function.ts'
import { readOldParameters } from './old-form.ts'
import { OPERATORS } from './operators.ts'
import { readParameterName } from './parameter.ts'
import type { Reader } from './reader.ts'
import { SAYS } from './sentences.ts'
import type { Token } from './token.ts'
import type { FunctionClause, Parameter } from './tree.ts'

const leave = (reader: Reader): void => reader.skipItem()
const FORMS = ['MATCHES', 'NOT MATCHES', 'NOT_MATCHES', '(']

/** Reads what follows a function's name: `MATCHES (…)`, or the old form `(…) = true`. */
export function readFunction(reader: Reader, fn: QueryFunction): FunctionClause | null {
  if (reader.isSign('(')) return readOldForm(reader, fn)
  const negated = readMatches(reader)
  if (negated === null) reader.unexpected(FORMS)
  if (negated === null || !reader.need('(')) {
    reader.skipClause()
    return null
  }
  const parameters = readParameters(reader, fn)
  return parameters && { kind: 'function', name: fn.name, negated, parameters }
}

function readMatches(reader: Reader): boolean | null {
  if (reader.takeWord('MATCHES')) return false
  if (reader.takeWord('NOT_MATCHES')) return true
  if (!reader.isWord('NOT') || !reader.isWord('MATCHES', 1)) return null
  reader.take()
  reader.take()
  return true
}

function readParameters(reader: Reader, fn: QueryFunction): readonly Parameter[] | null {
  const found = new Set<string>()
  const parameters: (Parameter | null)[] = []
  if (reader.takeSign(')')) return []
  do {
    const name = reader.peek()
    const asked = readParameterName(reader, fn, [])
    if (asked && found.has(asked.name)) reader.fault(name, { why: SAYS.askedAgain(fn.name, asked.name) })
    const isRepeated = asked !== null && found.has(asked.name)
    if (asked) found.add(asked.name)
    const test = name.kind === 'word' ? readTest(reader, asked ?? loose(name)) : null
    parameters.push(asked && test && !isRepeated ? { name: asked.name, test } : null)
    if (!reader.isSign(',') && !reader.isSign(')')) parameters.push(stray(reader))
  } while (reader.takeSign(','))
  reader.takeSign(')')
  return parameters.some((parameter) => parameter === null) ? null : parameters.filter((parameter) => parameter !== null)
}

/** Tells of what stands where a comma or the end was due, and passes over it. */
function stray(reader: Reader): null {
  reader.unexpected([',', ')'])
  reader.skipItem()
  return null
}

const loose = ({ text }: Token): Asked => ({ name: text, type: 'free', operators: OPERATORS.free, leave })

function readOldForm(reader: Reader, fn: QueryFunction): FunctionClause | null {
  const parameters = readOldParameters(reader, fn)
  const isUnequal = reader.isSign('!=')
  if (!reader.takeSign('=') && !reader.takeSign('!=')) {
    reader.unexpected(['=', '!='])
    reader.skipClause()
    return null
  }
  const isTrue = reader.isWord('TRUE')
  if (!reader.takeWord('TRUE') && !reader.takeWord('FALSE')) {
    reader.unexpected(['true', 'false'])
    reader.skipClause()
    return null
  }
  return parameters && { kind: 'function', name: fn.name, negated: isTrue === isUnequal, parameters }
}
