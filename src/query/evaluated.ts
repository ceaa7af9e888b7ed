import { findAttribute } from './catalogue.ts'
import { clausesOf } from './segment.ts'
import type { CustomerQuery } from './tree.ts'

/** Whether a query, or a segment that it names, asks for what only an evaluation of everybody knows. */
export const asksForScores = (query: CustomerQuery): boolean => asksFor(query, (name) => findAttribute(name)?.evaluated === true)

/** The same of campaigns. */
export const asksForCampaigns = (query: CustomerQuery): boolean =>
  asksFor(query, (name) => name === 'campaigns' || name === 'campaigns_ever')

const asksFor = (query: CustomerQuery, isMeant: (attribute: string) => boolean): boolean =>
  clausesOf(query, { within: true }).some((clause) => clause.kind === 'attribute' && isMeant(clause.attribute))
