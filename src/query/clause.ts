import { readAnniversary } from './anniversary-clause.ts'
import { foreignAttributes } from './catalogue.foreign.ts'
import { findFunction, functions } from './catalogue.functions.ts'
import { attributes, findAttribute } from './catalogue.ts'
import { type Asked, readTest } from './condition.ts'
import { freeAttribute } from './free.ts'
import { readFunction } from './function-clause.ts'
import { nearest } from './nearest.ts'
import { OPERATORS } from './operators.ts'
import type { QueryPlace } from './place.ts'
import type { Reader } from './reader.ts'
import type { Segments } from './segment.ts'
import { IN_SEGMENT, readSegments } from './segment-clause.ts'
import { SAYS } from './sentences.ts'
import type { Token } from './token.ts'
import type { CustomerQuery } from './tree.ts'

const leave = (reader: Reader): void => reader.skipClause()
const KNOWN: readonly string[] = [...attributes.map(({ name }) => name), ...functions.map(({ name }) => name), 'anniversary', IN_SEGMENT]

/** Reads a clause that begins with a word. Null after a fault. */
export function readClause(reader: Reader, place: QueryPlace, segments: Segments): CustomerQuery | null {
  const name = reader.take()
  if (name.text === 'anniversary') return readAnniversary(reader)
  if (name.text === IN_SEGMENT) return readSegments(reader, place, segments)
  const fn = findFunction(name.text)
  if (fn) return readFunction(reader, fn)
  const asked = askedOf(name.text)
  if (asked === null) return readUnknown(reader, name)
  const isRefused = findAttribute(name.text)?.refusedIn === place
  if (isRefused) reader.fault(name, { why: SAYS.notForTiers(name.text) })
  const test = readTest(reader, asked)
  return test === null || isRefused ? null : { kind: 'attribute', attribute: asked.name, test }
}

function askedOf(name: string): Asked | null {
  const free = freeAttribute(name)
  if (free !== null) return { name: `attributes.${free}`, type: 'free', operators: OPERATORS.free, leave }
  const attribute = findAttribute(name)
  if (!attribute) return null
  const rule = { name, type: attribute.type, operators: OPERATORS[attribute.type], leave }
  return attribute.type === 'enum' ? { ...rule, values: attribute.values } : rule
}

/** What follows an unknown name is read all the same: it may hold faults of its own. */
function readUnknown(reader: Reader, name: Token): null {
  const foreign = foreignAttributes.get(name.text)
  const near = nearest(name.text, KNOWN)
  if (foreign !== undefined) reader.fault(name, { why: SAYS.notSupported(foreign) })
  else reader.fault(name, { why: SAYS.noAttribute(near), expected: near, suggestion: near[0] ?? null })
  const isFunction = reader.isSign('(') || reader.isWord('MATCHES') || reader.isWord('NOT_MATCHES') || reader.isWord('MATCHES', 1)
  if (isFunction) reader.skipClause()
  else readTest(reader, { name: name.text, type: 'free', operators: [...new Set([...OPERATORS.free, ...OPERATORS.list])], leave })
  return null
}
