import { findParameter } from './catalogue.functions.ts'
import type { Asked } from './condition.ts'
import type { QueryFunction } from './function.ts'
import { nearest } from './nearest.ts'
import { parameterOperators } from './operators.ts'
import type { Reader } from './reader.ts'
import { SAYS } from './sentences.ts'

const leave = (reader: Reader): void => reader.skipItem()

/** Takes a parameter's name; null, and told, if the function has none of that name. */
export function readParameterName(reader: Reader, fn: QueryFunction, besides: readonly string[]): Asked | null {
  const known = [...Object.keys(fn.parameters), ...besides]
  const token = reader.peek()
  if (token.kind !== 'word') {
    reader.unexpected(known)
    reader.skipItem()
    return null
  }
  reader.take()
  const name = besides.includes(token.text) ? 'date' : token.text
  const parameter = findParameter(fn, name)
  const words = parameter && 'values' in parameter ? { values: parameter.values } : {}
  if (parameter) return { name, type: parameter.type, ...words, operators: parameterOperators(parameter.type), leave }
  const near = nearest(token.text, known, 1)
  reader.fault(token, { why: SAYS.noParameter(fn.name, Object.keys(fn.parameters)), expected: known, suggestion: near[0] ?? null })
  return null
}
