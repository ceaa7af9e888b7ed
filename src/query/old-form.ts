import type { QueryFunction } from './function.ts'
import { readParameterName } from './parameter.ts'
import type { Reader } from './reader.ts'
import { SAYS } from './sentences.ts'
import type { Token } from './token.ts'
import type { Parameter, Test, Value } from './tree.ts'
import { readValue } from './value.ts'

/** `since: D` and `date: D` are date >= D, `until: D` is date <= D: one end of the dates each. */
type End = 'low' | 'high'
type Read = { readonly name: string; readonly end: End | null; readonly value: Value }

/** Reads `(tag: 'x', since: -30d)`. Null after a fault. */
export function readOldParameters(reader: Reader, fn: QueryFunction): readonly Parameter[] | null {
  const read: (Read | null)[] = []
  reader.take()
  if (reader.takeSign(')')) return []
  do {
    const at = reader.peek()
    const parameter = readOne(reader, fn, at)
    if (parameter && read.some((other) => other?.name === parameter.name && other.end === parameter.end)) {
      reader.fault(at, { why: SAYS.askedTwice(fn.name, parameter.name) })
      read.push(null)
    } else read.push(parameter)
    if (!reader.isSign(',') && !reader.isSign(')')) {
      reader.unexpected([',', ')'])
      reader.skipItem()
      read.push(null)
    }
  } while (reader.takeSign(','))
  reader.takeSign(')')
  const whole = read.filter((parameter) => parameter !== null)
  return whole.length === read.length ? whole.flatMap((parameter, i) => asParameter(parameter, i, whole)) : null
}

function readOne(reader: Reader, fn: QueryFunction, at: Token): Read | null {
  const asked = readParameterName(reader, fn, 'date' in fn.parameters ? ['since', 'until'] : [])
  if (at.kind !== 'word') return null
  if (!reader.need(':')) {
    reader.skipItem()
    return null
  }
  const value = readValue(reader, asked ?? { name: at.text, type: 'free' })
  if (asked === null || value === null) return null
  const end = asked.name !== 'date' ? null : at.text === 'until' ? 'high' : 'low'
  return { name: asked.name, end, value }
}

/** The two ends of the dates become one parameter, where the first of them stands. */
function asParameter({ name, end, value }: Read, i: number, all: readonly Read[]): readonly Parameter[] {
  const other = all.findIndex((parameter, j) => end !== null && j !== i && parameter.name === name)
  const second = all[other]
  if (second && other < i) return []
  return [{ name, test: second ? between(end, value, second.value) : one(end, value) }]
}

const between = (end: End | null, first: Value, second: Value): Test => ({
  op: 'BETWEEN',
  low: end === 'low' ? first : second,
  high: end === 'low' ? second : first,
})

const one = (end: End | null, value: Value): Test => ({ op: end === 'low' ? '>=' : end === 'high' ? '<=' : '=', value })
