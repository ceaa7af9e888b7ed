import { readTest } from './condition.ts'
import { BIRTH_DATE, freeAttribute } from './free.ts'
import { ANNIVERSARY_OPERATORS } from './operators.ts'
import type { Reader } from './reader.ts'
import { SAYS } from './sentences.ts'
import type { AnniversaryClause } from './tree.ts'

const NAME = `'metafields.${BIRTH_DATE}'`

/** Reads what follows the word: `('metafields.facts.birth_date') BETWEEN today AND +30d`. */
export function readAnniversary(reader: Reader): AnniversaryClause | null {
  if (!reader.need('(')) return left(reader)
  if (reader.takeWord('DATE') && !reader.need(':')) return left(reader)
  const token = reader.peek()
  const attribute = token.kind === 'text' ? freeAttribute(token.text) : null
  if (attribute === null) {
    reader.fault(token, { why: SAYS.anniversary, expected: [NAME], suggestion: NAME })
    if (!reader.isSign(')') && !reader.atClauseEnd()) reader.take()
  } else reader.take()
  const isClosed = reader.need(')')
  if (!isClosed) reader.skipToClose()
  const leave = () => reader.skipClause()
  const test = readTest(reader, { name: 'anniversary', type: 'date', operators: ANNIVERSARY_OPERATORS, leave })
  return test === null || attribute === null || !isClosed ? null : { kind: 'anniversary', attribute, test }
}

const left = (reader: Reader): null => {
  reader.skipClause()
  return null
}
