import { findAttribute } from './catalogue.ts'
import { clausesOf } from './segment.ts'
import type { CustomerQuery } from './tree.ts'

/** Whether a query, or a segment that it names, asks for what only an evaluation of everybody knows. */
export const asksForScores = (query: CustomerQuery): boolean =>
  clausesOf(query, { within: true }).some((clause) => clause.kind === 'attribute' && findAttribute(clause.attribute)?.evaluated === true)
